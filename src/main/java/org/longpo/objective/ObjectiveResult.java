package org.longpo.objective;

import java.util.List;
import java.util.Map;

/** The loss of one document, its gradients and its metrics. */
public final class ObjectiveResult {
  private final double loss;
  private final List<PairGradients> gradients;
  private final double[] sequenceNllWeights;
  private final Map<String, Double> metrics;

  ObjectiveResult(
      double loss,
      List<PairGradients> gradients,
      double[] sequenceNllWeights,
      Map<String, Double> metrics) {
    this.loss = loss;
    this.gradients = List.copyOf(gradients);
    this.sequenceNllWeights = sequenceNllWeights;
    this.metrics = metrics;
  }

  /**
   * The loss without the whole-sequence NLL, whose context tokens the objective does not see; see
   * {@link #totalLoss}. NaN if a required log-prob was infinite or NaN.
   */
  public double loss() {
    return loss;
  }

  /** dLoss/dlogp per pair, in the order of the document's pairs. */
  public List<PairGradients> gradients() {
    return gradients;
  }

  /**
   * w_j for every NLL sequence: the loss has a further term -w_j * (sum of the log-probs of all
   * predicted tokens of S_j), so each of these tokens, response tokens included, has -w_j added to
   * its gradient; a token that several sequences share, once per sequence.
   */
  public double[] sequenceNllWeights() {
    return sequenceNllWeights.clone();
  }

  /**
   * The whole loss.
   *
   * @param sequenceLogProbs for every NLL sequence the sum of the log-probs (nats) of all its
   *     predicted tokens; read only where the weight is not zero
   */
  public double totalLoss(double[] sequenceLogProbs) {
    if (sequenceLogProbs.length != sequenceNllWeights.length) {
      throw new IllegalArgumentException(
          sequenceLogProbs.length + " sums for " + sequenceNllWeights.length + " NLL sequences");
    }
    double total = loss;
    for (int j = 0; j < sequenceNllWeights.length; j++) {
      if (sequenceNllWeights[j] != 0) {
        total -= sequenceNllWeights[j] * sequenceLogProbs[j];
      }
    }
    return total;
  }

  /** Means over the document's pairs by their TRL name ({@link MetricName}), where they exist. */
  public Map<String, Double> metrics() {
    return metrics;
  }

  /** Whether loss and gradients are all finite, so that a step may be taken. */
  public boolean isFinite() {
    return Double.isFinite(loss) && gradients.stream().allMatch(PairGradients::isFinite);
  }
}
