package org.longpo.bench;

import org.longpo.checkpoint.ModelConfig;
import org.longpo.tensor.DType;

/**
 * The memory that every further token of a document asks for in a training step: what forward keeps
 * of all layers, and what one layer's backward holds at a time.
 *
 * <p>Legend: L layers, W hidden size, H query heads, G key/value heads, D head dimension.
 */
final class BytesPerToken {
  private BytesPerToken() {}

  /**
   * Per layer its input [W], attention's output [H D] and log-sum-exp [H]; once the stream and its
   * gradient [2 W], queries, keys and values [(H + 2 G) D] with their gradients, which are summed
   * in float32, and the gradient of attention's output [H D].
   */
  static long ofTrainingStep(ModelConfig config, DType dtype) {
    long narrow = dtype.bytes();
    long wide = dtype.accumulation().bytes();
    long hidden = config.hiddenSize();
    long heads = config.attentionHeads();
    long queries = heads * config.headDim();
    long projected = queries + 2L * config.keyValueHeads() * config.headDim();
    long saved = hidden * narrow + queries * narrow + heads * wide;
    long working = 2 * hidden * narrow + projected * (narrow + wide) + queries * narrow;
    return config.layers() * saved + working;
  }
}
