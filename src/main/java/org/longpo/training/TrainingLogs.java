package org.longpo.training;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.longpo.files.AppendLog;
import org.longpo.files.Json;

/**
 * A run's logs, JSON Lines: {@code metrics.jsonl} (a function of the run alone, so byte-equal after
 * a resume), {@code timings.jsonl} (what the clock said) and {@code skipped.jsonl}.
 */
final class TrainingLogs implements AutoCloseable {
  static final String METRICS = TrainingRun.METRICS;
  static final String TIMINGS = TrainingRun.TIMINGS;
  static final String SKIPPED = "skipped.jsonl";

  private final AppendLog metrics;
  private final AppendLog timings;
  private final AppendLog skipped;
  private int metricsLines;
  private int timingsLines;
  private int skippedLines;

  /** Keeps the lines that belong to a state and cuts off later ones. */
  TrainingLogs(Path folder, TrainingState state) {
    metricsLines = state.metricsLines();
    timingsLines = state.timingsLines();
    skippedLines = state.skippedLines();
    metrics = AppendLog.open(folder.resolve(METRICS), metricsLines);
    timings = AppendLog.open(folder.resolve(TIMINGS), timingsLines);
    skipped = AppendLog.open(folder.resolve(SKIPPED), skippedLines);
  }

  void metrics(Map<String, Object> line) {
    metrics.append(Json.line(line));
    metricsLines++;
  }

  void timings(int step, long tokens, double seconds) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put(TrainingMetric.STEP, step);
    line.put(TrainingMetric.SECONDS, seconds);
    line.put(TrainingMetric.TOKENS_PER_SECOND, tokens / seconds);
    ProcessMemory.peak().ifPresent(bytes -> line.put(TrainingMetric.PEAK_MEMORY, bytes));
    timings.append(Json.line(line));
    timingsLines++;
  }

  void skipped(int step, String reason, List<String> documents) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put(TrainingMetric.STEP, step);
    line.put("reason", reason);
    line.put("documents", documents);
    skipped.append(Json.line(line));
    skippedLines++;
  }

  int metricsLines() {
    return metricsLines;
  }

  int timingsLines() {
    return timingsLines;
  }

  int skippedLines() {
    return skippedLines;
  }

  @Override
  public void close() {
    metrics.close();
    timings.close();
    skipped.close();
  }
}
