package org.longpo.training;

import java.util.Map;
import java.util.Optional;

/**
 * What a checkpoint knows besides tensors, in its {@code state.json}.
 *
 * @param run hash of settings, data and starting model: only the same run resumes
 * @param step steps done
 * @param updates updates of the optimizer, skipped steps not among them
 * @param skippedInARow steps skipped since the last update
 * @param gradientNorm of the last update
 * @param learningRate of the last update
 * @param metricsLines lines of metrics.jsonl that belong to these steps
 * @param timingsLines the same for timings.jsonl
 * @param skippedLines the same for skipped.jsonl
 * @param evaluationLines the same for evaluations.jsonl
 * @param best the evaluation with the lowest loss; empty before the first
 * @param window sums of the metrics since the last line
 * @param sha256 hashes of the checkpoint's other files, by name
 */
public record TrainingState(
    String run,
    int step,
    long updates,
    int skippedInARow,
    double gradientNorm,
    double learningRate,
    int metricsLines,
    int timingsLines,
    int skippedLines,
    int evaluationLines,
    Optional<Best> best,
    Map<String, MetricWindow.Sum> window,
    Map<String, String> sha256) {
  /**
   * The best checkpoint so far.
   *
   * @param step whose weights were evaluated
   * @param loss on the documents held out
   */
  record Best(int step, double loss) {}

  /** The same with the hashes of the files that were written. */
  TrainingState withSha256(Map<String, String> hashes) {
    return new TrainingState(
        run,
        step,
        updates,
        skippedInARow,
        gradientNorm,
        learningRate,
        metricsLines,
        timingsLines,
        skippedLines,
        evaluationLines,
        best,
        window,
        hashes);
  }

  /** Before the first step. */
  public static TrainingState start(String run) {
    return new TrainingState(run, 0, 0, 0, 0, 0, 0, 0, 0, 0, Optional.empty(), Map.of(), Map.of());
  }
}
