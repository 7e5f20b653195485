package org.longpo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.evaluation.Evaluation;
import org.longpo.evaluation.EvaluationInputs;
import org.longpo.evaluation.EvaluationSettings;
import org.longpo.evaluation.ItemResult;
import org.longpo.evaluation.Metric;
import org.longpo.evaluation.PromptHash;
import org.longpo.evaluation.Sample;
import org.longpo.evaluation.Slice;
import org.longpo.evaluation.Step;
import org.longpo.evaluation.Task;
import org.longpo.evaluation.TaskContext;
import org.longpo.evaluation.TaskInfo;
import org.longpo.evaluation.TaskItem;
import org.longpo.evaluation.TaskPlan;
import org.longpo.files.Json;
import org.longpo.inference.Scorer;
import org.longpo.objective.Objectives;
import org.longpo.pipeline.EvolveRun;
import org.longpo.progress.Cancellation;
import org.longpo.progress.Progress;
import org.longpo.report.ReportData;
import org.longpo.report.ReportPage;
import org.longpo.settings.Option;
import org.longpo.settings.Range;
import org.longpo.settings.Section;

/**
 * A task of this file alone, with an option of its own, gets everything that the built-in tasks
 * have: a log, rows in {@code evaluation.json}, lines of text, a table and a figure of the report.
 */
class ToyTaskTest {
  /** Multiple choice by log-likelihood: which of two words does the model expect? */
  private static final class ToyTask implements Task<ToyTask.Options> {
    @Section("Toy task")
    record Options(
        @Option(name = "toy_questions", defaultValue = "2", meaning = "Questions of the toy task.")
            @Range(from = 1)
            int questions) {}

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
    public Class<Options> options() {
      return Options.class;
    }

    @Override
    public Optional<String> missing(EvaluationInputs inputs, EvaluationSettings settings) {
      return Optional.empty();
    }

    @Override
    public String data() {
      return "two texts of this file";
    }

    @Override
    public TaskPlan plan(EvaluationInputs inputs, EvaluationSettings settings, Options options) {
      return new TaskPlan(Map.of(), Map.of(), context -> items(context, options));
    }

    private static List<TaskItem> items(TaskContext context, Options options) {
      List<TaskItem> items = new ArrayList<>();
      for (int i = 0; i < options.questions(); i++) {
        int index = i;
        items.add(new TaskItem(0, index, 1, () -> {}, () -> choose(context, index)));
      }
      return items;
    }

    private static Step choose(TaskContext context, int index) {
      // Both words in one pass over what they share.
      List<int[]> options =
          Stream.of("the old gardener", "the old xylophone")
              .map(text -> context.prompts().encode(text).tokens())
              .toList();
      return new Step.Score(
          options, new int[] {1, 1}, scored -> new Step.Done(result(options, scored, index)));
    }

    private static ItemResult result(List<int[]> options, List<Scorer.Scored> scored, int index) {
      double right = Arrays.stream(scored.getFirst().logProbs()).sum();
      double wrong = Arrays.stream(scored.getLast().logProbs()).sum();
      Sample sample =
          new Sample(
              Optional.of(new Slice("subject", index % 2, "subject " + index % 2)),
              PromptHash.of(options.getFirst()),
              Map.of("accuracy", right > wrong ? 1.0 : 0.0),
              Optional.empty());
      return new ItemResult(0, index, index, List.of(sample));
    }
  }

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir Path folder;

  private int evaluate(String... more) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "evaluate",
                "--model",
                folder.resolve("model").toString(),
                "--documents",
                folder.resolve("documents").toString(),
                "--out",
                folder.resolve("run").toString()));
    command.addAll(List.of(more));
    Console console =
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Progress.NONE,
            Cancellation.NEVER);
    return Main.run(
        console, Objectives.ALL, List.of(new ToyTask()), command.toArray(String[]::new));
  }

  @Test
  void shouldShowATaskThatIsOneClass() throws IOException {
    TinyWorld.writeModel(folder.resolve("model"));
    TinyWorld.writeDocuments(folder.resolve("documents"), 1, 5);

    assertThat(evaluate("--toy-questions", "5")).as(err.toString(StandardCharsets.UTF_8)).isZero();

    assertThat(folder.resolve("run/toy.jsonl"))
        .content()
        .contains("\"toy_questions\":5")
        .hasLineCount(6);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .startsWith("toy, right choices: ")
        .contains(" % (n = 5 in 5 questions)");
    Evaluation evaluation = Json.read(folder.resolve("run/evaluation.json"), Evaluation.class);
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

  @Test
  void shouldReadItsOptionFromAFileAndCheckIt() throws IOException {
    TinyWorld.writeModel(folder.resolve("model"));
    Path file = Files.writeString(folder.resolve("settings.yaml"), "toy_questions: 7\n");
    assertThat(evaluate("--config", file.toString(), "--print-config")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("# Toy task\ntoy_questions: 7 ");
    Files.writeString(file, "toy_question: 7\n");
    assertThat(evaluate("--config", file.toString(), "--print-config")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("did you mean toy_questions?");
    assertThat(evaluate("--toy-questions", "0")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("--toy-questions");
    assertThat(folder.resolve("run")).doesNotExist();
  }
}
