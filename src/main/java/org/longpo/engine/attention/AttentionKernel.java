package org.longpo.engine.attention;

import org.longpo.tensor.Tensor;
import org.longpo.tree.AttentionPart.Visibility;

/**
 * Softmax attention of one rectangle.
 *
 * <p>Legend: Q queries, K keys, H query heads, G key/value heads (H is a multiple of G), D head
 * dimension.
 */
public interface AttentionKernel {
  /**
   * @param out [Q, H, D], normalised over this rectangle's keys
   * @param logSumExp [Q, H], float32 (float64 for float64)
   */
  record Output(Tensor out, Tensor logSumExp) {}

  /**
   * What backward reads. {@code out} and {@code logSumExp} belong to the softmax over all keys of
   * the row, of which this rectangle's are a part.
   *
   * @param outGradient [Q, H, D]
   */
  record Saved(Tensor outGradient, Tensor out, Tensor logSumExp) {}

  /** Sums that backward adds to, in float32 (float64): query [Q, H, D]; key, value [K, G, D]. */
  record Gradients(Tensor query, Tensor key, Tensor value) {}

  /** q: [Q, H, D]; k, v: [K, G, D]; scores are scaled by {@code scale}. */
  Output forward(Tensor q, Tensor k, Tensor v, Visibility visibility, double scale);

  void backward(
      Saved saved,
      Tensor q,
      Tensor k,
      Tensor v,
      Visibility visibility,
      double scale,
      Gradients gradients);
}
