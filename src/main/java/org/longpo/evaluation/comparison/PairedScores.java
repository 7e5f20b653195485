package org.longpo.evaluation.comparison;

import java.util.Optional;

/**
 * Whether two ways to train differ, where both were trained with the same seeds and asked the same
 * questions: {@link PairedBootstrap} over seeds and questions. Each time seeds are drawn with
 * replacement and, within each stratum, questions, with the answers of both models and of all seeds
 * drawn (pigeonhole bootstrap: Owen 2007, Annals of Applied Statistics 1). To draw single answers
 * instead would take a question that three seeds answered for three questions.
 *
 * <p>The interval is wider rather than narrower than it should be in what belongs to one seed and
 * one question. Of two or three seeds the bootstrap sees only a half or two thirds of the variance
 * between seeds, and of a single one nothing.
 */
public final class PairedScores {
  private PairedScores() {}

  /**
   * The second one's value minus the first one's.
   *
   * @param first of the same strata, seeds and questions, in the same order, as {@code second}
   * @return empty for a single question, which shows nothing of how questions vary
   */
  public static Optional<Difference> difference(CrossedScores first, CrossedScores second) {
    CrossedScores differences = second.minus(first);
    return differences.questions() < 2
        ? Optional.empty()
        : Optional.of(
            PairedBootstrap.of(
                differences.value(),
                differences.questionsOtherThanZero(),
                differences::redrawn,
                /* seed= */ 0));
  }
}
