package org.longpo.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.longpo.evaluation.Estimate;
import org.longpo.evaluation.Metric;
import org.longpo.evaluation.ResultRow;
import org.longpo.evaluation.TaskInfo;
import org.longpo.report.ReportData.Evaluations;
import org.longpo.report.ReportData.ModelRows;

/** Figures of the tasks of the paper's tables, made up so that every value is easy to know. */
public final class PaperSample {
  /** RULER's 13 tasks, in the order of its own paper. */
  public static final List<String> RULER =
      List.of(
          "niah-single-1",
          "niah-single-2",
          "niah-single-3",
          "niah-multikey-1",
          "niah-multikey-2",
          "niah-multikey-3",
          "niah-multivalue",
          "niah-multiquery",
          "vt",
          "cwe",
          "fwe",
          "ruler-qa-1",
          "ruler-qa-2");

  public static final List<String> INFINITEBENCH =
      List.of(
          "infinitebench-longbook-sum-eng",
          "infinitebench-longbook-qa-eng",
          "infinitebench-longbook-choice-eng");

  public static final List<String> SHORT =
      List.of("mmlu", "arc-challenge", "hellaswag", "winogrande");

  private static final Set<String> JUDGED = Set.of("longbench-chat", "mt-bench");

  private PaperSample() {}

  /** Every task of the paper, at lengths of which one is none of the paper's. */
  public static Evaluations everything() {
    List<String> tasks = new ArrayList<>(RULER);
    tasks.addAll(INFINITEBENCH);
    tasks.addAll(SHORT);
    tasks.addAll(JUDGED.stream().sorted().toList());
    return of(tasks, List.of(2048, 4096, 8192));
  }

  /**
   * The n-th of the tasks has 0.1 + n / 100 before, and 0.2, 0.3 more after the rounds; 0.05 less
   * at each further length. Judged ones have ten times as much.
   */
  public static Evaluations of(List<String> tasks, List<Integer> lengths) {
    List<ModelRows> models = new ArrayList<>();
    for (String name :
        List.of("before", "after round 1 (4,096 tokens)", "after round 2 (8,192 tokens)")) {
      double base = 0.1 + (models.isEmpty() ? 0 : 0.1 + 0.1 * models.size());
      List<ResultRow> rows = new ArrayList<>();
      for (int task = 0; task < tasks.size(); task++) {
        double value = base + task / 100.0;
        if (RULER.contains(tasks.get(task))) {
          for (int length = 0; length < lengths.size(); length++) {
            rows.add(
                row(tasks.get(task), OptionalInt.of(lengths.get(length)), value - 0.05 * length));
          }
        } else {
          rows.add(row(tasks.get(task), OptionalInt.empty(), value));
        }
      }
      models.add(new ModelRows(name, rows));
    }
    return new Evaluations(
        OptionalInt.of(4096), tasks.stream().map(PaperSample::info).toList(), models);
  }

  /** A report that has nothing else. */
  public static ReportData report(Evaluations evaluations) {
    ReportData empty = SampleReport.EMPTY;
    return new ReportData(
        "t", "", List.of(), evaluations, empty.training(), empty.pairs(), empty.rounds());
  }

  private static TaskInfo info(String id) {
    boolean isShort = SHORT.contains(id) || id.equals("mt-bench");
    return new TaskInfo(
        id,
        1,
        "Task " + id,
        "questions of " + id,
        isShort
            ? TaskInfo.Context.SHORT
            : RULER.contains(id) ? TaskInfo.Context.LONG : TaskInfo.Context.LONG_TEXTS,
        new TaskInfo.Units("questions", "questions"),
        List.of(metric(id)));
  }

  private static Metric metric(String task) {
    return JUDGED.contains(task)
        ? new Metric("points", "points", Metric.Scale.NUMBER, true, "points", Optional.empty())
        : Metric.share("accuracy", "right answers");
  }

  private static ResultRow row(String task, OptionalInt length, double value) {
    return new ResultRow(
        task,
        length,
        Optional.empty(),
        metric(task).id(),
        new Estimate(JUDGED.contains(task) ? 10 * value : value, OptionalDouble.of(0.02), 400, 10));
  }
}
