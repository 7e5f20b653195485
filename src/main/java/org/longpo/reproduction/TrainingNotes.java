package org.longpo.reproduction;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.longpo.files.AppendLog;
import org.longpo.files.AtomicFile;
import org.longpo.files.Json;
import org.longpo.training.TrainingFolder;
import org.longpo.training.TrainingMetric;
import tools.jackson.databind.JsonNode;

/** What a record keeps of a training. */
record TrainingNotes(TrainingFolder folder) {
  private static final List<String> METRICS =
      List.of(
          TrainingMetric.LOSS,
          TrainingMetric.GRAD_NORM,
          TrainingMetric.LEARNING_RATE,
          "rewards/chosen",
          "rewards/rejected",
          "rewards/margins",
          "logps/chosen",
          "logps/rejected",
          "kl/short_to_long");

  /** Enough for a plot. */
  private static final MathContext DIGITS = new MathContext(5);

  private Path file() {
    return folder.path().resolve("warnings.json");
  }

  /** Keeps warnings beside those that were kept before. */
  void keep(List<String> warnings) {
    if (!warnings.isEmpty()) {
      List<String> all = new ArrayList<>(warnings());
      all.addAll(warnings);
      AtomicFile.writeText(file(), Json.pretty(all));
    }
  }

  List<String> warnings() {
    return Files.exists(file()) ? List.of(Json.read(file(), String[].class)) : List.of();
  }

  /** Values by step, by the names of metrics.jsonl. */
  Map<String, List<Double>> metrics() {
    Map<String, List<Double>> metrics = new TreeMap<>();
    for (JsonNode line : lines(folder.metrics())) {
      for (String name : METRICS) {
        if (line.path(name).isNumber()) {
          metrics
              .computeIfAbsent(name, key -> new ArrayList<>())
              .add(rounded(line.get(name).doubleValue()));
        }
      }
    }
    return metrics;
  }

  private static double rounded(double value) {
    return Double.isFinite(value) ? new BigDecimal(value).round(DIGITS).doubleValue() : value;
  }

  double seconds() {
    return lines(folder.timings()).stream()
        .mapToDouble(line -> line.path(TrainingMetric.SECONDS).asDouble(0))
        .sum();
  }

  private static List<JsonNode> lines(Path file) {
    return AppendLog.readLines(file).stream()
        .map(line -> Json.parse(line, JsonNode.class, file.toString()))
        .toList();
  }
}
