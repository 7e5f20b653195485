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
  private final AppendLog metrics;
  private final AppendLog evaluations;
  private final AppendLog timings;
  private final AppendLog skipped;
  private final TensorBoardLog tensorBoard;
  private final boolean hasLostLines;

  /** How many lines each log has. */
  record Lines(int metrics, int timings, int skipped, int evaluations) {
    static final Lines NONE = new Lines(0, 0, 0, 0);
  }

  /**
   * Keeps the lines that are known, if they are still there, and cuts off later ones.
   *
   * @param known lines that the run has written so far
   */
  TrainingLogs(TrainingFolder folder, Lines known) {
    Lines present =
        new Lines(
            present(folder.metrics(), known.metrics()),
            present(folder.timings(), known.timings()),
            present(folder.skipped(), known.skipped()),
            present(folder.evaluations(), known.evaluations()));
    hasLostLines = !present.equals(known);
    metrics = AppendLog.open(folder.metrics(), present.metrics());
    evaluations = AppendLog.open(folder.evaluations(), present.evaluations());
    timings = AppendLog.open(folder.timings(), present.timings());
    skipped = AppendLog.open(folder.skipped(), present.skipped());
    tensorBoard = TensorBoardLog.open(folder.path());
    repeat(folder);
    tensorBoard.cutHere();
  }

  private static int present(Path file, int lines) {
    return Math.min(lines, AppendLog.readLines(file).size());
  }

  /** Whether a log, or a part of it, that the run had written was removed. */
  boolean hasLostLines() {
    return hasLostLines;
  }

  /** Every line of timings belongs to the one of metrics or of evaluations of the same step. */
  private void repeat(TrainingFolder folder) {
    Map<Object, Map<String, Object>> ofMetrics = byStep(folder.metrics());
    Map<Object, Map<String, Object>> ofEvaluations = byStep(folder.evaluations());
    for (String line : AppendLog.readLines(folder.timings())) {
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
    timings(line, clock);
  }

  /** The figures of an evaluation. */
  void evaluation(Map<String, Object> line, double seconds) {
    evaluations.append(Json.line(line));
    timings(line, Map.of(TrainingMetric.EVAL_RUNTIME, seconds));
  }

  private void timings(Map<String, Object> line, Map<String, Object> clock) {
    Map<String, Object> timing = new LinkedHashMap<>();
    timing.put(TrainingMetric.STEP, line.getOrDefault(TrainingMetric.STEP, 0));
    timing.put(TrainingMetric.TIME, System.currentTimeMillis() / 1e3);
    timing.putAll(clock);
    timings.append(Json.line(timing));
    tensorBoard.add(line, timing);
  }

  void skipped(int step, String reason, List<String> documents) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put(TrainingMetric.STEP, step);
    line.put("reason", reason);
    line.put("documents", documents);
    skipped.append(Json.line(line));
  }

  /** Lines written so far, for the checkpoint that they belong to. */
  Lines lines() {
    return new Lines(metrics.lines(), timings.lines(), skipped.lines(), evaluations.lines());
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
