package org.longpo.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.longpo.tensor.Scope;

/** Loss and metrics on the documents that are not trained on. */
final class HeldOutEvaluation {
  private final TrainingStep work;
  private final TrainingData data;

  HeldOutEvaluation(TrainingStep work, TrainingData data) {
    this.work = work;
    this.data = data;
  }

  /**
   * What came of an evaluation.
   *
   * @param loss mean over the documents; empty if that of one is not finite
   * @param metrics means by name, the loss among them, each with {@code eval_} before it
   * @param broken ids of the documents whose loss is not finite
   */
  record Result(OptionalDouble loss, Map<String, Object> metrics, List<String> broken) {}

  /**
   * @param beforeEach runs before every document and may throw to stop
   */
  Result run(Runnable beforeEach) {
    MetricWindow window = new MetricWindow(Map.of());
    List<String> broken = new ArrayList<>();
    for (int i = 0; i < data.size(); i++) {
      beforeEach.run();
      try (Scope ignored = Scope.open()) {
        TrainingStep.Outcome outcome = work.evaluate(data.example(i));
        window.add(outcome);
        if (!outcome.isFinite()) {
          broken.add(data.id(i));
        }
      }
    }
    Map<String, Double> means = window.drain();
    if (!broken.isEmpty()) {
      // A mean over the others would look better than it is.
      means.remove(TrainingMetric.LOSS);
    }
    Map<String, Object> metrics = new LinkedHashMap<>();
    means.forEach((name, mean) -> metrics.put(TrainingMetric.EVAL + name, mean));
    Double loss = means.get(TrainingMetric.LOSS);
    return new Result(
        loss == null ? OptionalDouble.empty() : OptionalDouble.of(loss), metrics, broken);
  }
}
