package org.longpo.pipeline;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Several objectives trained on one pair file from one model.
 *
 * @param documents rows of the pair file
 * @param pairs pairs in all rows
 * @param before figures of the model that every run starts from
 * @param runs one per objective, in the order in which they were given
 */
public record Comparison(int documents, int pairs, PairFigures before, List<Run> runs) {
  public Comparison {
    runs = List.copyOf(runs);
  }

  /**
   * One objective's run.
   *
   * @param objective its name
   * @param trainsOn what of the pairs it reads, in words
   * @param settings every setting of the run by its name
   * @param steps of the whole run, skipped ones among them
   * @param after figures of the trained model
   * @param seconds that the steps took
   */
  public record Run(
      String objective,
      String trainsOn,
      Map<String, Object> settings,
      int steps,
      Losses losses,
      PairFigures after,
      double seconds) {}

  /**
   * The course of an objective's own loss; losses of different objectives are not comparable.
   *
   * @param first mean of the first epoch; of the first line of metrics if there is one epoch, and
   *     empty if all its steps were skipped
   * @param last the same of the last epoch or line
   */
  public record Losses(OptionalDouble first, OptionalDouble last) {
    /** Whether both are known and training did not lower the loss. */
    public boolean didNotFall() {
      return first.isPresent() && last.isPresent() && last.getAsDouble() >= first.getAsDouble();
    }
  }
}
