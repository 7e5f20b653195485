package org.longpo.objective;

import java.util.EnumMap;

/** dLoss/dlogp of every response token of one pair, for each policy reading that was given. */
public final class PairGradients {
  private final EnumMap<Reading, double[]> gradients;

  PairGradients(EnumMap<Reading, double[]> gradients) {
    this.gradients = gradients;
  }

  /**
   * One number per token, shaped like the reading; zeros where the objective does not use it. The
   * whole-sequence NLL is not in it, see {@link ObjectiveResult#sequenceNllWeights}.
   *
   * @throws IllegalStateException if this is not a policy reading or was not given
   */
  public double[] get(Reading reading) {
    double[] gradient = gradients.get(reading);
    if (gradient == null) {
      throw new IllegalStateException(
          reading + " has no gradient; there are gradients of " + gradients.keySet());
    }
    return gradient;
  }

  boolean isFinite() {
    return gradients.values().stream().allMatch(Numerics::allFinite);
  }
}
