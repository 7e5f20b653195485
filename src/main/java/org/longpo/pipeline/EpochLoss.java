package org.longpo.pipeline;

import java.util.List;
import java.util.OptionalDouble;
import org.longpo.training.TrainingMetric;
import tools.jackson.databind.JsonNode;

/**
 * The mean loss of a stretch of a training, from the lines of its log. A line is the mean of the
 * steps since the line before, which may be more or fewer than those of another line, and may begin
 * before the stretch or end after it: it counts by as much of it as lies within.
 */
final class EpochLoss {
  private EpochLoss() {}

  /**
   * The mean from one moment to another, both in epochs.
   *
   * @param lines of the log from its beginning
   * @return empty if no line reaches into the stretch, as where all its steps were skipped
   */
  static OptionalDouble mean(List<JsonNode> lines, double from, double to) {
    double sum = 0;
    double epochs = 0;
    double begin = 0;
    for (JsonNode line : lines) {
      double end = line.get(TrainingMetric.EPOCH).asDouble();
      double within = Math.min(end, to) - Math.max(begin, from);
      if (within > 0) {
        sum += within * line.get(TrainingMetric.LOSS).asDouble();
        epochs += within;
      }
      begin = end;
    }
    return epochs > 0 ? OptionalDouble.of(sum / epochs) : OptionalDouble.empty();
  }
}
