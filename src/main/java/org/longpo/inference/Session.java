package org.longpo.inference;

/**
 * A writer that keeps the prompts of its last call: those of the next call are read from where they
 * begin to differ from them, such as the same document before another question. Texts are those of
 * the writer that opened it; only the time differs.
 */
public interface Session extends Writer, AutoCloseable {
  /** Frees what is kept. */
  @Override
  void close();
}
