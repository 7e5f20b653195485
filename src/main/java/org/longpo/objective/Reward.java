package org.longpo.objective;

/**
 * The reward of one response, a function of the sum of its policy log-probs, with its derivative.
 *
 * @param value the reward
 * @param slope d value / d logp, the same for every token of the response
 */
record Reward(double value, double slope) {
  /**
   * The largest average log-prob whose odds are taken. Log-probs come out of fp32 or coarser, whose
   * last step below probability 1 is 2^-24: nearer to 1 the odds are rounding, and at 1 infinite.
   */
  static final double LARGEST_LOG_PROB = -0x1p-24;

  /** DPO: beta * (log pi_theta(y) - log pi_ref(y)), summed over the tokens. */
  static Reward logRatio(double beta, double[] policy, double[] reference) {
    return new Reward(beta * (Numerics.sum(policy) - Numerics.sum(reference)), beta);
  }

  /** SimPO: (beta / |y|) * log pi_theta(y). */
  static Reward averageLogProb(double beta, double[] policy) {
    return new Reward(beta * Numerics.sum(policy) / policy.length, beta / policy.length);
  }

  /**
   * ORPO: log(p / (1 - p)) with log p = (1/|y|) log pi_theta(y); level, with slope 0, above {@link
   * #LARGEST_LOG_PROB}.
   */
  static Reward logOdds(double[] policy) {
    double average = Numerics.sum(policy) / policy.length;
    double logProb = Math.min(average, LARGEST_LOG_PROB);
    double slope = average > LARGEST_LOG_PROB ? 0 : -1 / (Math.expm1(logProb) * policy.length);
    return new Reward(logProb - Numerics.log1mExp(logProb), slope);
  }
}
