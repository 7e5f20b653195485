package org.longpo.inference;

import java.util.List;
import java.util.Locale;
import org.longpo.error.UserError;
import org.longpo.text.Reasoning;

/** A writer that is held to its contract: one text for every request, and none without tokens. */
public final class CheckedWriter implements Writer {
  private final Writer writer;

  private CheckedWriter(Writer writer) {
    this.writer = writer;
  }

  /** The same writer, checked. */
  public static Writer of(Writer writer) {
    return writer instanceof CheckedWriter ? writer : new CheckedWriter(writer);
  }

  @Override
  public String name() {
    return writer.name();
  }

  @Override
  public String fingerprint() {
    return writer.fingerprint();
  }

  @Override
  public Session session() {
    return new CheckedSession(writer.session());
  }

  /** A session whose texts are checked. */
  private record CheckedSession(Session session) implements Session {
    @Override
    public String name() {
      return session.name();
    }

    @Override
    public String fingerprint() {
      return session.fingerprint();
    }

    @Override
    public List<Written> write(
        List<WriteRequest> requests, WriteSettings settings, Listener listener) {
      return of(session).write(requests, settings, listener);
    }

    @Override
    public void close() {
      session.close();
    }
  }

  /** Asks nothing where there are no requests. */
  @Override
  public List<Written> write(
      List<WriteRequest> requests, WriteSettings settings, Listener listener) {
    if (requests.isEmpty()) {
      return List.of();
    }
    List<Written> texts = writer.write(requests, settings, listener);
    if (texts.size() != requests.size()) {
      throw new UserError(
          String.format(
              Locale.ROOT,
              "The writer %s returned %,d answers to %,d prompts; it must return one for each: use"
                  + " another writer, or correct this one.",
              name(),
              texts.size(),
              requests.size()));
    }
    for (int i = 0; i < texts.size(); i++) {
      if (isMissing(texts.get(i))) {
        throw new UserError(
            String.format(
                Locale.ROOT,
                "The writer %s returned no tokens as answer %,d of %,d; every answer needs at least"
                    + " one: use another writer, or correct this one.",
                name(),
                i + 1,
                texts.size()));
      }
    }
    return texts;
  }

  /** Reasoning that reaches no answer is one: it has a reason of its own. */
  private static boolean isMissing(Written text) {
    return text.reasoning() != Reasoning.UNENDED && text.tokens().ids().length == 0;
  }
}
