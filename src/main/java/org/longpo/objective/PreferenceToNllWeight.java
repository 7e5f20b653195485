package org.longpo.objective;

/**
 * The ratio of the gradients of LongPO's preference term and of the NLL at a response token, before
 * the first step.
 *
 * <p>At margin 0 the preference weighs w * lambda * beta * sigma(0) on a response token and the NLL
 * n on every token it spans; w is 1 (joint) or 1/K (per pair), n is 1/|S| divided by the number of
 * NLL sequences. For one pair that is lambda * beta * |S| / 2: about 65 at 128K and 2 at 4,096
 * tokens for the paper's lambda = 0.01, beta = 0.1. A smaller run should keep lambda * beta * |S|.
 */
public final class PreferenceToNllWeight {
  private PreferenceToNllWeight() {}

  /**
   * The ratio for documents of one layout.
   *
   * @param pairs K
   * @param nllSequences 1 (chain) or K (tree)
   * @param tokensPerSequence the tokens that the NLL of one sequence averages over: |S|, or the
   *     response tokens if that is the objective's span
   * @return preference per NLL; infinite without NLL
   */
  public static double of(LongPo objective, int pairs, int nllSequences, double tokensPerSequence) {
    double preference =
        objective.lambda()
            * objective.beta()
            * Numerics.sigmoid(0)
            * switch (objective.sigmoid()) {
              case JOINT -> 1.0;
              case PER_PAIR -> 1.0 / pairs;
            };
    double nll =
        switch (objective.nllSpan()) {
          case WHOLE_SEQUENCE, RESPONSE -> 1 / (nllSequences * tokensPerSequence);
          case NONE -> 0;
        };
    return preference / nll;
  }
}
