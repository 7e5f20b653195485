package org.longpo.engine;

import org.longpo.checkpoint.ModelConfig;
import org.longpo.tensor.DType;
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

  /**
   * Writes some rows.
   *
   * @param rows sorted
   * @param newKeys [rows, G, D]
   * @param newValues the same
   */
  void write(int[] rows, Tensor newKeys, Tensor newValues) {
    int first = rows[0];
    int last = rows[rows.length - 1];
    if (last - first + 1 == rows.length) {
      keys.rows(first, last + 1L).copyInPlace(newKeys);
      values.rows(first, last + 1L).copyInPlace(newValues);
    } else {
      Tensor index = Tensor.of(rows, keys.device());
      keys.indexCopyInPlace(0, index, newKeys);
      values.indexCopyInPlace(0, index, newValues);
    }
  }

  /** Copies rows {@code from[i]} of others to rows {@code to[i]} here. */
  void copyRows(KeysAndValues others, Tensor from, Tensor to) {
    keys.indexCopyInPlace(0, to, others.keys.indexSelect(0, from));
    values.indexCopyInPlace(0, to, others.values.indexSelect(0, from));
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
    return bytesPerRow(model.config(), model.dtype());
  }

  /** The same for a model that is not loaded. */
  static long bytesPerRow(ModelConfig config, DType dtype) {
    return 2L * config.layers() * config.keyValueHeads() * config.headDim() * dtype.bytes();
  }
}
