package org.longpo.inference;

import java.util.List;

/**
 * Calls of a writer that follow each other. It keeps the prompts of its last call: those of the
 * next call are read from where they begin to differ from them, such as the same document before
 * another question. Texts are those of the writer that opened it; only the time differs.
 */
public interface Session extends AutoCloseable {
  /** As {@link Writer#write(List, WriteSettings)}. */
  List<Written> write(List<WriteRequest> requests, WriteSettings settings);

  /** Frees what is kept. */
  @Override
  void close();
}
