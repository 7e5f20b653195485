package org.longpo.objective;

/**
 * A loss of the difference of two rewards, with its derivative.
 *
 * @param value the loss
 * @param slope d value / d margin
 */
record MarginLoss(double value, double slope) {

  /** -log sigmoid(m). */
  static MarginLoss logistic(double margin) {
    return new MarginLoss(-Numerics.logSigmoid(margin), -Numerics.sigmoid(-margin));
  }

  /**
   * -(1 - epsilon) log sigmoid(m) - epsilon log sigmoid(-m): the labels are wrong with probability
   * epsilon.
   */
  static MarginLoss smoothedLogistic(double margin, double epsilon) {
    MarginLoss right = logistic(margin);
    MarginLoss wrong = logistic(-margin);
    return new MarginLoss(
        (1 - epsilon) * right.value + epsilon * wrong.value,
        (1 - epsilon) * right.slope - epsilon * wrong.slope);
  }

  /** (m - target)^2. */
  static MarginLoss squared(double margin, double target) {
    double off = margin - target;
    return new MarginLoss(off * off, 2 * off);
  }
}
