package org.longpo.cli;

import java.util.Locale;
import java.util.stream.Collectors;
import org.longpo.evaluation.Estimate;
import org.longpo.evaluation.Evaluation;
import org.longpo.evaluation.Metric;
import org.longpo.evaluation.ResultRow;
import org.longpo.evaluation.TaskResult;

/** One model's figures, a line for each. */
final class EvaluationText {
  private EvaluationText() {}

  /** All metrics of all tasks, over all samples of each length. */
  static String of(Evaluation evaluation) {
    StringBuilder text = new StringBuilder();
    for (TaskResult result : evaluation.tasks()) {
      if (result.headlines().isEmpty()) {
        text.append(withoutHeadline(result)).append('\n');
      }
      for (ResultRow row : result.rows()) {
        if (row.coversAllSamples()) {
          text.append(line(result, row)).append('\n');
        }
      }
    }
    return text.append(FigureText.legend(text)).append('\n').toString();
  }

  private static String withoutHeadline(TaskResult result) {
    return "%s, %s: none, as no sample has one"
        .formatted(result.task().id(), result.task().headline().label());
  }

  /** "needle at 4,096 tokens, right answers: 80.0 ± 4.0 % (n = 100 in 10 haystacks)". */
  private static String line(TaskResult result, ResultRow row) {
    Metric metric = result.task().metric(row.metric());
    Estimate estimate = row.estimate();
    String length =
        row.length().isPresent()
            ? String.format(Locale.ROOT, " at %,d tokens", row.length().getAsInt())
            : "";
    return String.format(
        Locale.ROOT,
        "%s%s, %s: %s (n = %,d in %,d %s%s)",
        row.task(),
        length,
        metric.label(),
        metric.text(estimate),
        estimate.n(),
        estimate.clusters(),
        result.task().units().clusters(),
        result.conditions().stream().map(", "::concat).collect(Collectors.joining()));
  }
}
