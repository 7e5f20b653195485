package org.longpo.inference;

import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
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
  public List<Written> write(
      List<WriteRequest> requests, WriteSettings settings, Listener listener) {
    return checked(requests, () -> writer.write(requests, settings, listener));
  }

  @Override
  public Session session() {
    Session session = writer.session();
    return new Session() {
      @Override
      public List<Written> write(List<WriteRequest> requests, WriteSettings settings) {
        return checked(requests, () -> session.write(requests, settings));
      }

      @Override
      public void close() {
        session.close();
      }
    };
  }

  /** Asks nothing where there are no requests. */
  private List<Written> checked(List<WriteRequest> requests, Supplier<List<Written>> asked) {
    if (requests.isEmpty()) {
      return List.of();
    }
    List<Written> texts = asked.get();
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
