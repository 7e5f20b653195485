package org.longpo.training;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.longpo.files.AppendLog;
import org.longpo.files.Json;

/**
 * A run's logs, JSON Lines: {@code metrics.jsonl} and {@code evaluations.jsonl} (functions of the
 * run alone, so byte-equal after a resume), {@code timings.jsonl} (what the clock said, a line for
 * each of theirs) and {@code skipped.jsonl}; and a TensorBoard event file with all their figures.
 */
final class TrainingLogs implements AutoCloseable {
  static final String METRICS = TrainingRun.METRICS;
  static final String TIMINGS = TrainingRun.TIMINGS;
  static final String EVALUATIONS = "evaluations.jsonl";
  static final String SKIPPED = "skipped.jsonl";

  private final AppendLog metrics;
  private final AppendLog evaluations;
  private final AppendLog timings;
  private final AppendLog skipped;
  private final TensorBoardLog tensorBoard;
  private int metricsLines;
  private int evaluationLines;
  private int timingsLines;
  private int skippedLines;
  private boolean hasLostLines;

  /** Keeps the lines that belong to a state, if they are still there, and cuts off later ones. */
  TrainingLogs(Path folder, TrainingState state) {
    metricsLines = present(folder.resolve(METRICS), state.metricsLines());
    evaluationLines = present(folder.resolve(EVALUATIONS), state.evaluationLines());
    timingsLines = present(folder.resolve(TIMINGS), state.timingsLines());
    skippedLines = present(folder.resolve(SKIPPED), state.skippedLines());
    metrics = AppendLog.open(folder.resolve(METRICS), metricsLines);
    evaluations = AppendLog.open(folder.resolve(EVALUATIONS), evaluationLines);
    timings = AppendLog.open(folder.resolve(TIMINGS), timingsLines);
    skipped = AppendLog.open(folder.resolve(SKIPPED), skippedLines);
    tensorBoard = TensorBoardLog.open(folder);
    repeat(folder);
    tensorBoard.cutHere();
  }

  private int present(Path file, int lines) {
    int present = Math.min(lines, AppendLog.readLines(file).size());
    hasLostLines |= present < lines;
    return present;
  }

  /** Whether somebody removed a log, or a part of it, that the state knows of. */
  boolean hasLostLines() {
    return hasLostLines;
  }

  /** Every line of timings belongs to the one of metrics or of evaluations of the same step. */
  private void repeat(Path folder) {
    Map<Object, Map<String, Object>> ofMetrics = byStep(folder.resolve(METRICS));
    Map<Object, Map<String, Object>> ofEvaluations = byStep(folder.resolve(EVALUATIONS));
    for (String line : AppendLog.readLines(folder.resolve(TIMINGS))) {
      Map<String, Object> timing = parse(line);
      boolean isEvaluation = timing.containsKey(TrainingMetric.EVAL_RUNTIME);
      Map<String, Object> figures =
          (isEvaluation ? ofEvaluations : ofMetrics).get(timing.get(TrainingMetric.STEP));
      if (figures != null) {
        tensorBoard.add(figures, timing);
      }
    }
  }

  private static Map<Object, Map<String, Object>> byStep(Path log) {
    Map<Object, Map<String, Object>> lines = new HashMap<>();
    for (String line : AppendLog.readLines(log)) {
      Map<String, Object> figures = parse(line);
      lines.put(figures.getOrDefault(TrainingMetric.STEP, 0), figures);
    }
    return lines;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> parse(String line) {
    return Json.parse(line, Map.class, "a line of the run's logs");
  }

  /** The figures of the steps since the last line, and what the clock says about them. */
  void metrics(Map<String, Object> line, Map<String, Object> clock) {
    metrics.append(Json.line(line));
    metricsLines++;
    timings(line, clock);
  }

  /** The figures of an evaluation. */
  void evaluation(Map<String, Object> line, double seconds) {
    evaluations.append(Json.line(line));
    evaluationLines++;
    timings(line, Map.of(TrainingMetric.EVAL_RUNTIME, seconds));
  }

  private void timings(Map<String, Object> line, Map<String, Object> clock) {
    Map<String, Object> timing = new LinkedHashMap<>();
    timing.put(TrainingMetric.STEP, line.getOrDefault(TrainingMetric.STEP, 0));
    timing.put(TrainingMetric.TIME, System.currentTimeMillis() / 1e3);
    timing.putAll(clock);
    timings.append(Json.line(timing));
    timingsLines++;
    tensorBoard.add(line, timing);
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

  int evaluationLines() {
    return evaluationLines;
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
    evaluations.close();
    timings.close();
    skipped.close();
    tensorBoard.close();
  }
}
