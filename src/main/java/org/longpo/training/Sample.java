package org.longpo.training;

/**
 * A response that the policy wrote during training, given the long input.
 *
 * @param tokens its ids, the end token included if the policy wrote one; at least one
 * @param teacherLogProbs log pi_T(token | chunk, instruction, earlier tokens) in nats, one per
 *     token: what the model that training started from thinks of it
 */
@SuppressWarnings("ArrayRecordComponent")
record Sample(int[] tokens, double[] teacherLogProbs) {
  Sample {
    if (tokens.length == 0 || tokens.length != teacherLogProbs.length) {
      throw new IllegalArgumentException(
          tokens.length + " tokens with " + teacherLogProbs.length + " log-probs");
    }
  }
}
