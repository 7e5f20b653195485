package org.longpo.tiny;

/**
 * What the next lesson is. First copies, until the model copies well; then passages, which grow
 * once it answers most questions about shorter ones. Models that begin with long passages stay at
 * chance for a very long time.
 *
 * @param copyNll nats per repeated token, a moving mean
 * @param copiesLeft lessons of copies still to come once the model copies well; negative: it does
 *     not yet
 * @param length tokens that a sequence may have
 * @param accuracy share of right answers, a moving mean since the length last grew
 */
record Curriculum(double copyNll, int copiesLeft, int length, double accuracy) {
  /** Of the moving means: the weight of one lesson. */
  private static final double WEIGHT = 0.1;

  /** Nats per token; a model that only knows the vocabulary has 6. */
  private static final double COPIES_WELL = 1.8;

  private static final int FURTHER_COPIES = 20;
  private static final double ANSWERS_WELL = 0.8;
  private static final double GROWTH = 1.25;

  static Curriculum start() {
    return new Curriculum(6, -1, Lessons.SHORTEST, 0);
  }

  boolean isCopying() {
    return copiesLeft != 0;
  }

  /** After a lesson of copies. */
  Curriculum afterCopies(double nll) {
    double mean = copyNll + WEIGHT * (nll - copyNll);
    int left = copiesLeft > 0 ? copiesLeft - 1 : mean < COPIES_WELL ? FURTHER_COPIES : copiesLeft;
    return new Curriculum(mean, left, length, accuracy);
  }

  /** After a lesson in which {@code right} of {@code questions} answers were right. */
  Curriculum afterPassages(int right, int questions) {
    if (questions == 0) {
      return this;
    }
    double mean = accuracy + WEIGHT * ((double) right / questions - accuracy);
    return mean > ANSWERS_WELL && length < TinyShape.WINDOW
        ? new Curriculum(
            copyNll, 0, Math.min(TinyShape.WINDOW, (int) (length * GROWTH)), ANSWERS_WELL / 2)
        : new Curriculum(copyNll, 0, length, mean);
  }
}
