package org.longpo.training;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Which weights decay, and by how much.
 *
 * @param rate 0: none
 * @param withNormsAndBiases whether these decay, too
 */
public record WeightDecay(double rate, boolean withNormsAndBiases) {
  /** What transformers' trainer looks for in the names of weights that it leaves alone. */
  private static final Pattern NORM_OR_BIAS =
      Pattern.compile("bias|layernorm|rmsnorm|(?:^|\\.)norm(?:$|\\.)|_norm(?:$|\\.)");

  /**
   * As transformers' trainer: matrices decay, embeddings and adapters among them, norms and biases
   * do not.
   */
  public static WeightDecay ofMatrices(double rate) {
    return new WeightDecay(rate, false);
  }

  /** As torch's optimizers by themselves: every weight decays. */
  public static WeightDecay ofAll(double rate) {
    return new WeightDecay(rate, true);
  }

  /** The rate of a weight by its name. */
  double of(String name) {
    return withNormsAndBiases || !NORM_OR_BIAS.matcher(name.toLowerCase(Locale.ROOT)).find()
        ? rate
        : 0;
  }
}
