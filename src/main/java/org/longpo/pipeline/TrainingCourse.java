package org.longpo.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.longpo.files.AppendLog;
import org.longpo.files.Json;
import org.longpo.objective.MetricName;
import org.longpo.report.ReportData.TrainingStep;
import org.longpo.training.TrainingMetric;
import org.longpo.training.TrainingRun;
import tools.jackson.databind.JsonNode;

/** The course of training over all rounds, from the logs of each, for charts. */
final class TrainingCourse {
  private final List<TrainingStep> steps = new ArrayList<>();
  private int stepsBefore;

  /**
   * Adds a round behind those before.
   *
   * @param round its number, from 1
   * @param folder the folder of its training
   * @param roundSteps steps that it took, whether or not each has a line
   */
  void add(int round, Path folder, int roundSteps) {
    Path file = folder.resolve(TrainingRun.METRICS);
    int last = 0;
    for (String line : AppendLog.readLines(file)) {
      JsonNode metrics = Json.parse(line, JsonNode.class, file.toString());
      int step = metrics.get(TrainingMetric.STEP).asInt();
      steps.add(
          new TrainingStep(
              round,
              stepsBefore + last + 1,
              stepsBefore + step,
              number(metrics, TrainingMetric.LOSS),
              number(metrics, TrainingMetric.NLL),
              number(metrics, MetricName.REWARDS_CHOSEN),
              number(metrics, MetricName.REWARDS_REJECTED),
              number(metrics, MetricName.REWARDS_MARGINS),
              number(metrics, MetricName.SHORT_TO_LONG_KL),
              number(metrics, TrainingMetric.LEARNING_RATE)));
      last = step;
    }
    stepsBefore += roundSteps;
  }

  List<TrainingStep> steps() {
    return List.copyOf(steps);
  }

  /** Empty where the line has no such number: objectives without a metric leave it out. */
  private static OptionalDouble number(JsonNode metrics, String name) {
    JsonNode value = metrics.get(name);
    return value != null && value.isNumber() && Double.isFinite(value.doubleValue())
        ? OptionalDouble.of(value.doubleValue())
        : OptionalDouble.empty();
  }
}
