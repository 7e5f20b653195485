package org.longpo.inference;

import java.util.List;

/** Log-probabilities of given ids. */
public interface Scorer {
  /** As messages name it: the folder of a model. */
  String name();

  /** Of all that decides the log-probabilities. */
  String fingerprint();

  /**
   * Natural log-probabilities (nats) of the tokens [starts[i], end) of every sequence; what the
   * sequences share is read once.
   *
   * @param starts at least 1: nothing predicts the first token
   * @throws org.longpo.error.UserError if one of them is not finite, or the model does not know an
   *     id
   */
  List<double[]> logProbs(List<int[]> sequences, int[] starts);

  /** As {@link #logProbs}, and whether a greedy writer would have written the same. */
  List<Scored> score(List<int[]> sequences, int[] starts);

  /**
   * @param logProbs natural log-probabilities of the scored tokens
   * @param greedy whether each of them is the most likely one
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Scored(double[] logProbs, boolean greedy) {}
}
