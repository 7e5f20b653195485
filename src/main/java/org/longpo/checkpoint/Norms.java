package org.longpo.checkpoint;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a model normalises (RMSNorm, all norms alike), and where its blocks do.
 *
 * @param epsilon the number that is added to the mean square
 * @param weightOffset what is added to the weight before it multiplies: 0, or 1 where weights are
 *     stored as distances from 1
 * @param roundedOnce whether the weight multiplies in float32 and only the product is rounded to
 *     the model's type; otherwise the normalised value is rounded before it is multiplied
 */
public record Norms(double epsilon, double weightOffset, boolean roundedOnce, Places places) {
  /**
   * As Llama: weights multiply what is rounded, one norm before attention and one before the MLP.
   */
  public static Norms ofLlama(double epsilon) {
    return new Norms(epsilon, 0, /* roundedOnce= */ false, Places.BEFORE);
  }

  /**
   * The norms of a block, by the last parts of their names in the checkpoint; empty: there is none.
   *
   * @param beforeAttention of attention's input
   * @param afterAttention of attention's output, before it is added to the residual stream
   * @param beforeMlp of the MLP's input
   * @param afterMlp of the MLP's output, before it is added to the residual stream
   */
  public record Places(
      Optional<String> beforeAttention,
      Optional<String> afterAttention,
      Optional<String> beforeMlp,
      Optional<String> afterMlp) {
    /** Before attention and before the MLP. */
    public static final Places BEFORE =
        new Places(
            Optional.of("input_layernorm"),
            Optional.empty(),
            Optional.of("post_attention_layernorm"),
            Optional.empty());

    /** Those there are, in the order in which they are computed. */
    Stream<String> names() {
      return Stream.of(beforeAttention, afterAttention, beforeMlp, afterMlp)
          .flatMap(Optional::stream);
    }
  }
}
