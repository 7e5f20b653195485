package org.longpo.training;

import java.util.List;
import java.util.OptionalInt;
import org.longpo.files.AppendLog;
import org.longpo.files.Json;
import tools.jackson.databind.JsonNode;

/**
 * How a training ended.
 *
 * @param steps that were done, skipped ones among them; fewer than planned after an early stop
 * @param resultStep steps after which the weights were those of the result; empty where that is not
 *     known any more
 */
public record TrainingEnd(int steps, OptionalInt resultStep) {
  /**
   * Of a finished training whose record and checkpoints were removed: what the settings and its
   * log, if that is still there, say about it.
   */
  public static TrainingEnd ofFinished(
      TrainingFolder folder, TrainingSettings settings, TrainingData data) {
    int planned =
        StepPlan.of(
                settings,
                DataSplit.of(data, settings.validation(), settings.seed()).training().size())
            .steps();
    if (settings.steps().collapse().stopOnCollapse()) {
      return new TrainingEnd(lastStep(folder).orElse(planned), OptionalInt.empty());
    }
    return new TrainingEnd(
        planned,
        settings.validation().loadBestModelAtEnd() ? OptionalInt.empty() : OptionalInt.of(planned));
  }

  private static OptionalInt lastStep(TrainingFolder folder) {
    List<String> lines = AppendLog.readLines(folder.metrics());
    return lines.isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of(
            Json.parse(lines.getLast(), JsonNode.class, folder.metrics().toString())
                .path(TrainingMetric.STEP)
                .asInt());
  }
}
