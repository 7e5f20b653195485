package org.longpo.inference;

import java.util.List;

/** A session that keeps nothing. */
record PlainSession(Writer writer) implements Session {
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
    return writer.write(requests, settings, listener);
  }

  @Override
  public void close() {
    // There is nothing to free.
  }
}
