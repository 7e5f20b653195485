package org.longpo.inference;

import java.util.List;

/** A session that keeps nothing. */
record PlainSession(Writer writer) implements Session {
  @Override
  public List<Written> write(List<WriteRequest> requests, WriteSettings settings) {
    return writer.write(requests, settings);
  }

  @Override
  public void close() {
    // There is nothing to free.
  }
}
