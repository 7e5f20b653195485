package org.longpo.engine;

/**
 * Weights in use. Between asking for them and {@link #close} they are where they are computed with;
 * afterwards their tensors may be elsewhere, or hold something else.
 *
 * @param <W> what they are: a layer, the embedding, the head
 */
public interface Lease<W> extends AutoCloseable {
  W weights();

  /** Gives the weights back. */
  @Override
  void close();
}
