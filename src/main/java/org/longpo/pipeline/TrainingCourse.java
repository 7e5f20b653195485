package org.longpo.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.longpo.files.AppendLog;
import org.longpo.files.Json;
import org.longpo.objective.MetricName;
import org.longpo.report.ReportData.TrainingStep;
import org.longpo.training.TrainingFolder;
import org.longpo.training.TrainingMetric;
import tools.jackson.databind.JsonNode;

/** The course of training over all rounds, from the logs of each, for charts. */
final class TrainingCourse {
  /** The metrics of the report's charts. */
  private static final List<String> SHOWN =
      List.of(
          TrainingMetric.LOSS,
          TrainingMetric.NLL,
          MetricName.REWARDS_CHOSEN,
          MetricName.REWARDS_REJECTED,
          MetricName.REWARDS_MARGINS,
          MetricName.SHORT_TO_LONG_KL,
          TrainingMetric.LEARNING_RATE);

  private final List<TrainingStep> steps = new ArrayList<>();
  private int stepsBefore;

  /**
   * Adds the next round.
   *
   * @param round its number, from 1
   * @param folder the folder of its training
   * @param roundSteps steps that it took, whether or not each has a line
   */
  void add(int round, TrainingFolder folder, int roundSteps) {
    Path file = folder.metrics();
    int last = 0;
    for (String line : AppendLog.readLines(file)) {
      JsonNode metrics = Json.parse(line, JsonNode.class, file.toString());
      int step = metrics.get(TrainingMetric.STEP).asInt();
      steps.add(
          new TrainingStep(
              round, stepsBefore + last + 1, stepsBefore + step, shownMetrics(metrics)));
      last = step;
    }
    stepsBefore += roundSteps;
  }

  List<TrainingStep> steps() {
    return List.copyOf(steps);
  }

  /** Without those that the line does not have: not every objective has every metric. */
  private static Map<String, Double> shownMetrics(JsonNode line) {
    Map<String, Double> shown = new TreeMap<>();
    for (String name : SHOWN) {
      JsonNode value = line.get(name);
      if (value != null && value.isNumber() && Double.isFinite(value.doubleValue())) {
        shown.put(name, value.doubleValue());
      }
    }
    return shown;
  }
}
