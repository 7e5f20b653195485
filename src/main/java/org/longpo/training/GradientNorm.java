package org.longpo.training;

import org.longpo.engine.WeightParts;
import org.longpo.tensor.DType;
import org.longpo.tensor.Scope;
import org.longpo.tensor.Tensor;

/** The norm of all gradients together, and clipping to it. */
public final class GradientNorm {
  /** What {@code torch.nn.utils.clip_grad_norm_} adds to the norm. */
  private static final double EPSILON = 1e-6;

  private GradientNorm() {}

  /** The L2 norm over all weights; summed in float64, so it does not overflow on the way. */
  public static double of(WeightParts weights) {
    double[] sum = {0};
    weights.forEachTrained(
        parameter -> {
          try (Scope ignored = Scope.open()) {
            Tensor squares = parameter.gradient().square().view(-1);
            sum[0] += squares.sum(0, false, DType.FLOAT64).item();
          }
        });
    return Math.sqrt(sum[0]);
  }

  /**
   * Scales the gradients down so that their norm is at most {@code maxNorm}.
   *
   * @param maxNorm 0: no clipping
   */
  public static void clip(WeightParts weights, double norm, double maxNorm) {
    double factor = maxNorm / (norm + EPSILON);
    if (maxNorm > 0 && factor < 1) {
      try (Scope ignored = Scope.open()) {
        weights.forEachTrained(parameter -> parameter.gradient().mulInPlace(factor));
      }
    }
  }
}
