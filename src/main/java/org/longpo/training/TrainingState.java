package org.longpo.training;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a checkpoint of a training knows besides tensors.
 *
 * @param step steps done
 * @param updates what became of the steps
 * @param logs how much of the logs belongs to these steps
 * @param best the evaluation with the lowest loss; empty before the first
 * @param window sums of the metrics since the last line
 * @param samples drawn for steps that are still to come; none unless the objective has them drawn
 */
record TrainingState(
    int step,
    Updates updates,
    TrainingLogs.Lines logs,
    Optional<Best> best,
    Map<String, MetricWindow.Sum> window,
    List<StepSamples> samples)
    implements StateStore.State {
  /** Before the first step. */
  static final TrainingState START =
      new TrainingState(
          0, Updates.NONE, TrainingLogs.Lines.NONE, Optional.empty(), Map.of(), List.of());

  /**
   * The updates of the weights.
   *
   * @param count of the optimizer, skipped steps not among them
   * @param last figures of the last one
   * @param skippedInARow steps skipped since then
   */
  record Updates(long count, Update last, int skippedInARow) {
    static final Updates NONE = new Updates(0, Update.NONE, 0);
  }

  /**
   * The figures of an update.
   *
   * @param gradientNorm L2 norm of all gradients before clipping
   */
  record Update(double gradientNorm, double learningRate) {
    static final Update NONE = new Update(0, 0);
  }

  /**
   * The best checkpoint so far.
   *
   * @param step whose weights were evaluated
   * @param loss on the documents held out
   */
  record Best(int step, double loss) {}

  /** The best weights may be needed at the end. */
  @Override
  public OptionalInt neededStep() {
    return best.isPresent() ? OptionalInt.of(best.get().step()) : OptionalInt.empty();
  }
}
