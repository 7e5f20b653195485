package org.longpo.training;

/**
 * The learning rate over a run, as a factor of its peak; names and formulas are those of
 * transformers' {@code get_scheduler}.
 *
 * <p>All but {@link #CONSTANT} rise linearly from 0 during the warm-up.
 */
public enum LearningRateSchedule {
  /** Half a cosine from 1 to 0. */
  COSINE,
  /** A straight line from 1 to 0. */
  LINEAR,
  /** Always 1; the warm-up is ignored, as in transformers. */
  CONSTANT,
  /** 1 after the warm-up. */
  CONSTANT_WITH_WARMUP;

  /** Warm-up steps of a run: a share of all steps, rounded up as transformers does. */
  public static int warmupSteps(double warmupRatio, int totalSteps) {
    return (int) Math.ceil(totalSteps * warmupRatio);
  }

  /**
   * The factor of a step.
   *
   * @param step steps done before, so 0 for the first
   */
  public double factor(int step, int warmupSteps, int totalSteps) {
    if (this != CONSTANT && step < warmupSteps) {
      return (double) step / Math.max(1, warmupSteps);
    }
    int decaySteps = Math.max(1, totalSteps - warmupSteps);
    return switch (this) {
      case COSINE -> {
        double progress = (double) (step - warmupSteps) / decaySteps;
        yield Math.max(0, 0.5 * (1 + Math.cos(Math.PI * progress)));
      }
      case LINEAR -> Math.max(0, (double) (totalSteps - step) / decaySteps);
      case CONSTANT, CONSTANT_WITH_WARMUP -> 1;
    };
  }
}
