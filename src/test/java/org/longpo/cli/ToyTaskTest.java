package org.longpo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.checkpoint.RopeOverride;
import org.longpo.engine.EngineOptions;
import org.longpo.evaluation.Evaluation;
import org.longpo.evaluation.EvaluationInputs;
import org.longpo.evaluation.EvaluationSettings;
import org.longpo.evaluation.ItemResult;
import org.longpo.evaluation.Metric;
import org.longpo.evaluation.Sample;
import org.longpo.evaluation.Slice;
import org.longpo.evaluation.Task;
import org.longpo.evaluation.TaskContext;
import org.longpo.evaluation.TaskInfo;
import org.longpo.evaluation.TaskItem;
import org.longpo.evaluation.TaskPlan;
import org.longpo.evaluation.TestedModel;
import org.longpo.files.Json;
import org.longpo.model.ModelChoice;
import org.longpo.pipeline.EvaluateStage;
import org.longpo.pipeline.EvolveRun;
import org.longpo.progress.Cancellation;
import org.longpo.progress.Progress;
import org.longpo.report.ReportData;
import org.longpo.report.ReportPage;
import org.longpo.text.ChatSettings;

/**
 * A task of this file alone, with an option of its own, gets everything that the built-in tasks
 * have: a log, rows in {@code evaluation.json}, lines of text, a table and a figure of the report.
 */
class ToyTaskTest {
  /** Multiple choice by log-likelihood: which of two words does the model expect? */
  private static final class ToyTask implements Task<ToyTask.Options> {
    record Options(int questions) {}

    private static final TaskInfo INFO =
        new TaskInfo(
            "toy",
            /* version= */ 1,
            "Toy choice",
            "Right choices between two words",
            TaskInfo.Context.SHORT,
            new TaskInfo.Units("questions", "questions"),
            List.of(Metric.share("accuracy", "right choices")));

    @Override
    public TaskInfo info() {
      return INFO;
    }

    @Override
    public Options defaults() {
      return new Options(2);
    }

    @Override
    public Optional<String> missing(EvaluationInputs inputs, EvaluationSettings settings) {
      return Optional.empty();
    }

    @Override
    public TaskPlan plan(EvaluationInputs inputs, EvaluationSettings settings, Options options) {
      return new TaskPlan(
          Map.of(), Map.of("questions", options.questions()), c -> items(c, options));
    }

    private static List<TaskItem> items(TaskContext context, Options options) {
      List<TaskItem> items = new ArrayList<>();
      for (int i = 0; i < options.questions(); i++) {
        int index = i;
        items.add(new TaskItem(0, index, () -> {}, model -> choose(context, model, index)));
      }
      return items;
    }

    private static ItemResult choose(TaskContext context, TestedModel model, int index) {
      double right = logLikelihood(context, model, "the old gardener");
      double wrong = logLikelihood(context, model, "the old xylophone");
      Sample sample =
          new Sample(
              Optional.of(new Slice("subject", index % 2, "subject " + index % 2)),
              Map.of("accuracy", right > wrong ? 1.0 : 0.0),
              Optional.empty());
      return new ItemResult(0, index, index, 1, List.of(sample));
    }

    private static double logLikelihood(TaskContext context, TestedModel model, String text) {
      double sum = 0;
      for (double logProb : model.logProbs(context.tokenizer().encode(text).tokens(), 1)) {
        sum += logProb;
      }
      return sum;
    }
  }

  private static final EvaluationInputs NO_INPUTS =
      new EvaluationInputs(List.of(), List.of(), Optional.empty());

  @TempDir Path folder;

  private Evaluation evaluate(EvaluationSettings settings) {
    ModelChoice model =
        new ModelChoice(
            folder.resolve("model"),
            Optional.empty(),
            "cpu",
            RopeOverride.NONE,
            ChatSettings.DEFAULTS,
            EngineOptions.DEFAULTS);
    return new EvaluateStage(model, settings, List.of(new ToyTask()))
        .run(folder.resolve("run"), NO_INPUTS, Progress.NONE, Cancellation.NEVER);
  }

  @Test
  void shouldShowATaskThatIsOneClass() throws IOException {
    TinyWorld.writeModel(folder.resolve("model"));
    EvaluationSettings defaults = EvaluationSettings.defaults(List.of(), 1);
    EvaluationSettings five =
        new EvaluationSettings(
            List.of("toy"),
            defaults.haystacks(),
            defaults.answerTokens(),
            defaults.seed(),
            defaults.options().with(new ToyTask(), new ToyTask.Options(5)));

    Evaluation evaluation = evaluate(five);

    assertThat(folder.resolve("run/toy.jsonl"))
        .content()
        .contains("\"questions\":5")
        .hasLineCount(6);
    assertThat(Json.read(folder.resolve("run/evaluation.json"), Evaluation.class))
        .isEqualTo(evaluation);
    assertThat(EvaluationText.of(evaluation))
        .startsWith("toy, right choices: ")
        .contains(" % (n = 5 in 5 questions)");
    assertThat(
            OutcomeTable.of(
                new EvolveRun.Outcome(folder, evaluation, Optional.empty(), evaluation)))
        .contains("Short context: Right choices between two words");
    SequencedMap<String, Evaluation> models = new LinkedHashMap<>(Map.of("before", evaluation));
    ReportData.Evaluations reported = ReportData.Evaluations.of(OptionalInt.empty(), models);
    assertThat(reported.models().getFirst().rows())
        .extracting(row -> row.slice().map(Slice::label).orElse("all"))
        .containsExactly("all", "subject 0", "subject 1");
    assertThat(
            ReportPage.of(
                new ReportData(
                    "t",
                    "",
                    List.of(),
                    reported,
                    List.of(),
                    new ReportData.Pairs(List.of(), List.of()),
                    List.of())))
        .contains("Toy choice");
  }
}
