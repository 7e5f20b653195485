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

  /** Room for {@code room} rows, of which the first are copies of the first {@code rows} here. */
  KeysAndValues copy(long rows, long room) {
    return new KeysAndValues(copy(keys, rows, room), copy(values, rows, room));
  }

  private static Tensor copy(Tensor old, long rows, long room) {
    long[] shape = old.shape();
    shape[0] = room;
    Tensor copy = Tensor.empty(old.dtype(), old.device(), shape);
    copy.rows(0, rows).copyInPlace(old.rows(0, rows));
    return copy;
  }

  /** Takes both out of their scope: they live until they are freed. */
  KeysAndValues outliveScopes() {
    keys.outliveScopes();
    values.outliveScopes();
    return this;
  }

  void free() {
    keys.free();
    values.free();
  }

  /** Bytes of one row in all layers of a model. */
  static long bytesPerRow(LanguageModel model) {
    var config = model.config();
    return 2L * config.layers() * config.keyValueHeads() * config.headDim() * model.dtype().bytes();
  }
}
