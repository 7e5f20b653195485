package org.longpo.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a checkpoint of a training knows besides tensors.
 *
 * @param step steps done
 * @param updates what became of these steps
 * @param logs how much of the logs belongs to these steps
 * @param best the evaluation with the lowest loss; empty before the first
 * @param window sums of the metrics since the last line
 * @param collapse what is known of a collapse
 * @param samples drawn for steps that are still to come; none unless the objective has them drawn
 */
record TrainingState(
    int step,
    Updates updates,
    TrainingLogs.Lines logs,
    Optional<Best> best,
    Map<String, MetricWindow.Sum> window,
    CollapseGuard.Saved collapse,
    List<StepSamples> samples)
    implements StateStore.State {
  /** Before the first step. */
  static final TrainingState START =
      new TrainingState(
          0,
          Updates.NONE,
          TrainingLogs.Lines.NONE,
          Optional.empty(),
          Map.of(),
          CollapseGuard.Saved.START,
          List.of());

  /**
   * The optimizer's updates.
   *
   * @param count of the updates, skipped steps not among them
   * @param skippedInARow steps skipped since the last update
   * @param last figures of the last update
   */
  record Updates(long count, int skippedInARow, Update last) {
    static final Updates NONE = new Updates(0, 0, Update.NONE);
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

  /** Those whose weights may be the result in the end. */
  @Override
  public List<Integer> neededSteps() {
    List<Integer> needed = new ArrayList<>();
    best.ifPresent(evaluated -> needed.add(evaluated.step()));
    collapse.checkpointBefore().ifPresent(needed::add);
    return needed;
  }
}
