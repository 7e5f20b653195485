package org.longpo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.longpo.evaluation.Estimate;
import org.longpo.evaluation.Evaluation;
import org.longpo.evaluation.Metric;
import org.longpo.evaluation.ReasoningCounts;
import org.longpo.evaluation.ResultRow;
import org.longpo.evaluation.TaskInfo;
import org.longpo.evaluation.TaskResult;
import org.longpo.files.Json;
import org.longpo.pipeline.EvolveRun;

class OutcomeTableTest {
  private static final TaskInfo SHORT = task("held-out text", TaskInfo.Context.SHORT, bits());
  private static final TaskInfo LONG =
      task("Right answers", TaskInfo.Context.LONG, Metric.share("accuracy", "right answers"));

  @Test
  void shouldShowLongContextsByLengthAndThenShortOnes() {
    EvolveRun.Outcome outcome =
        new EvolveRun.Outcome(
            Path.of("model"),
            evaluation(0.25, 1.5),
            Optional.of(evaluation(0.5, 1.25)),
            evaluation(0.75, 1.125));
    assertThat(OutcomeTable.of(outcome))
        .isEqualTo(
            """

            Right answers, by the text's length
              tokens                      before          RoPE alone               after
              256                   25.0 ± 4.0 %        50.0 ± 4.0 %        75.0 ± 4.0 %
              1,024                 25.0 ± 4.0 %        50.0 ± 4.0 %        75.0 ± 4.0 %
            Short context: held-out text
                                          before          RoPE alone               after
              bits per byte            1.500 ± ?           1.250 ± ?           1.125 ± ?
            RoPE alone: the position embedding of after, without its training
            (± one standard error; ?: not known, because there is only one text)

            """);
  }

  @Test
  void shouldShowLongTextsWithoutLengths() {
    TaskInfo texts = task("A benchmark", TaskInfo.Context.LONG_TEXTS, Metric.share("f1", "F1"));
    Evaluation evaluation =
        new Evaluation(
            Evaluation.FORMAT,
            "model",
            List.of(result(texts, row(texts, OptionalInt.empty(), 0.5, OptionalDouble.of(0.04)))));
    assertThat(
            OutcomeTable.of(
                new EvolveRun.Outcome(Path.of("model"), evaluation, Optional.empty(), evaluation)))
        .contains("Long texts: A benchmark\n")
        .containsPattern("F1 +50.0 ± 4.0 % +50.0 ± 4.0 %");
  }

  private static Evaluation evaluation(double accuracy, double bits) {
    OptionalDouble error = OptionalDouble.of(0.04);
    return new Evaluation(
        Evaluation.FORMAT,
        "model",
        List.of(
            result(SHORT, row(SHORT, OptionalInt.empty(), bits, OptionalDouble.empty())),
            result(
                LONG,
                row(LONG, OptionalInt.of(256), accuracy, error),
                row(LONG, OptionalInt.of(1024), accuracy, error))));
  }

  private static TaskResult result(TaskInfo task, ResultRow... rows) {
    return new TaskResult(
        task,
        List.of(),
        Json.mapper().createObjectNode(),
        new ReasoningCounts(0, 0, 0),
        1,
        List.of(rows));
  }

  private static ResultRow row(
      TaskInfo task, OptionalInt length, double value, OptionalDouble error) {
    return new ResultRow(
        task.id(),
        length,
        Optional.empty(),
        task.headline().id(),
        new Estimate(value, error, 10, 2));
  }

  private static TaskInfo task(String subject, TaskInfo.Context context, Metric metric) {
    return new TaskInfo(
        subject,
        1,
        subject,
        subject,
        context,
        new TaskInfo.Units("texts", "texts"),
        List.of(metric));
  }

  private static Metric bits() {
    return Metric.cost("bits_per_byte", "bits per byte", "bits", "bytes");
  }
}
