package org.longpo.engine;

import org.longpo.tensor.Tensor;

/**
 * Keys and values of one layer for rows that were read already.
 *
 * @param keys [S, G, D]: S rows, G key/value heads, D head dimension
 * @param values the same shape
 */
record KeysAndValues(Tensor keys, Tensor values) {
  /** Room for {@code rows} rows, in the scope that is open now. */
  static KeysAndValues empty(LanguageModel model, long rows) {
    var config = model.config();
    long heads = config.keyValueHeads();
    long headDim = config.headDim();
    return new KeysAndValues(
        Tensor.empty(model.dtype(), model.device(), rows, heads, headDim),
        Tensor.empty(model.dtype(), model.device(), rows, heads, headDim));
  }

  /** Bytes of one row in all layers of a model. */
  static long bytesPerRow(LanguageModel model) {
    var config = model.config();
    return 2L * config.layers() * config.keyValueHeads() * config.headDim() * model.dtype().bytes();
  }
}
