package org.longpo.evaluation.comparison;

/**
 * How much greater a model's figure is than that of the model it is compared with.
 *
 * @param low the lower end of the 95 % confidence interval
 * @param high the upper end
 * @param p two-sided: how likely a difference as great, in either direction, would be if there were
 *     none
 */
public record Difference(double value, double low, double high, double p) {
  /** Below this p a difference has the mark. */
  public static final double SIGNIFICANCE = 0.05;

  public boolean isSignificant() {
    return p < SIGNIFICANCE;
  }
}
