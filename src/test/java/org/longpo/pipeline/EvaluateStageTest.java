package org.longpo.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.error.UserError;
import org.longpo.evaluation.AnsweredQuestion;
import org.longpo.evaluation.BatchSize;
import org.longpo.evaluation.Estimate;
import org.longpo.evaluation.Evaluation;
import org.longpo.evaluation.EvaluationInputs;
import org.longpo.evaluation.EvaluationSettings;
import org.longpo.evaluation.ItemResult;
import org.longpo.evaluation.QuestionFile;
import org.longpo.evaluation.ResultRow;
import org.longpo.evaluation.Sample;
import org.longpo.evaluation.SourceText;
import org.longpo.evaluation.TaskContext;
import org.longpo.evaluation.TaskResult;
import org.longpo.evaluation.TestSettings;
import org.longpo.evaluation.Texts;
import org.longpo.evaluation.WordModel;
import org.longpo.files.AppendLog;
import org.longpo.files.Json;
import org.longpo.files.StageIdentity;
import org.longpo.progress.Cancellation;
import org.longpo.progress.CancelledException;
import org.longpo.progress.Progress;

class EvaluateStageTest {
  private static final EvaluationSettings SETTINGS =
      TestSettings.of(List.of(150, 300), /* windowTokens= */ 50, /* maxWindows= */ 3);

  private static final StageIdentity FIRST =
      StageIdentity.of("model").withContent("model weights or config.json", "1".repeat(64));

  private static final StageIdentity ANOTHER =
      StageIdentity.of("model").withContent("model weights or config.json", "2".repeat(64));

  /** In the order in which they run. */
  private static final List<String> LOGS =
      List.of("needle.jsonl", "qa-haystack.jsonl", "qa.jsonl", "bits-per-byte.jsonl");

  /**
   * Haystacks of needles 6 and of questions 4, passages of the first 5 of 8 questions 3, windows 3.
   */
  private static final int ITEMS = 6 + 4 + 3 + 3;

  @TempDir Path folder;

  private EvaluationInputs inputs;

  /** One item after the other, so that tests count items. */
  private BatchSize batchSize = new BatchSize(1, 1);

  @BeforeEach
  void writeQuestions() throws IOException {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      rows.append(
          ("{\"passage\":\"Passage %d tells of place %d.\",\"question\":\"Where, %d?\","
                  + "\"answers\":[\"the place %d\"]}\n")
              .formatted(i / 2, i / 2, i, i / 2));
    }
    Path questions = Files.writeString(folder.resolve("questions.jsonl"), rows);
    inputs =
        new EvaluationInputs(
            List.of(new SourceText("book.txt", Texts.sentences(200))),
            List.of(new SourceText("held-out.txt", Texts.sentences(60))),
            Optional.of(QuestionFile.read(questions)));
  }

  private EvaluationInputs withoutQuestions() {
    return new EvaluationInputs(inputs.haystack(), inputs.heldOut(), Optional.empty());
  }

  private static EvaluationSettings only(String... tasks) {
    return new EvaluationSettings(
        List.of(tasks),
        SETTINGS.haystacks(),
        SETTINGS.answerTokens(),
        SETTINGS.limit(),
        SETTINGS.seed(),
        SETTINGS.options());
  }

  private static WordModel model() {
    return new WordModel(
        prompt -> prompt.contains("Where,") ? "Place 1!" : WordModel.readCode(prompt),
        -1,
        OptionalInt.empty());
  }

  private TaskRunner runner(WordModel model, StageIdentity identity, Cancellation cancellation) {
    return new TaskRunner(
        TestedModel.alone(identity, model.model()),
        new TaskContext(model),
        batchSize,
        Progress.NONE,
        cancellation);
  }

  private Evaluation run(WordModel model, String run, Cancellation cancellation) {
    return TestEvaluation.of(
        SETTINGS, inputs, runner(model, FIRST, cancellation), folder.resolve(run));
  }

  private Evaluation run(
      WordModel model, EvaluationSettings settings, EvaluationInputs given, String run) {
    return TestEvaluation.of(
        settings, given, runner(model, FIRST, Cancellation.NEVER), folder.resolve(run));
  }

  @Test
  void shouldScoreEveryTask() {
    WordModel model = model();
    Evaluation evaluation = run(model, "run", Cancellation.NEVER);
    assertThat(model.passes).isEqualTo(ITEMS);
    TaskResult needle = evaluation.task("needle").orElseThrow();
    assertThat(needle.headlines())
        .extracting(row -> row.length().orElseThrow())
        .containsExactly(150, 300);
    assertThat(needle.headlines())
        .extracting(ResultRow::estimate)
        .containsOnly(new Estimate(1, OptionalDouble.of(0), 12, 3));
    // Three haystacks of four needles take three depths in turn: four each.
    assertThat(needle.rows().stream().filter(row -> row.slice().isPresent()))
        .hasSize(6)
        .allMatch(row -> row.estimate().n() == 4);
    assertThat(evaluation.task("qa-haystack").orElseThrow().headlines())
        .hasSize(2)
        .allMatch(row -> row.estimate().n() == 8 && row.estimate().value() == 0.25);
    assertThat(headline(evaluation, "qa").n()).isEqualTo(5);
    assertThat(headline(evaluation, "qa").clusters()).isEqualTo(3);
    assertThat(headline(evaluation, "bits-per-byte").n()).isEqualTo(3);
    assertThat(headline(evaluation, "bits-per-byte").clusters()).isEqualTo(1);
    assertThat(headline(evaluation, "bits-per-byte").standardError()).isEmpty();
    assertThat(figures("run")).isEqualTo(evaluation);
  }

  private static Estimate headline(Evaluation evaluation, String task) {
    return evaluation
        .task(task)
        .flatMap(result -> result.headline(OptionalInt.empty()))
        .orElseThrow();
  }

  @Test
  void shouldHoldEveryPromptToItsLength() {
    run(model(), "run", Cancellation.NEVER);
    for (String log : List.of("needle.jsonl", "qa-haystack.jsonl")) {
      for (ItemResult result : log("run", log)) {
        List<Integer> promptTokens =
            answers(result).stream().map(AnsweredQuestion::promptTokens).toList();
        assertThat(promptTokens).allMatch(tokens -> tokens <= result.length());
        assertThat(promptTokens).anyMatch(tokens -> tokens > result.length() - 5);
      }
    }
  }

  @Test
  void shouldKeepQuestionsAboutAPassageInOneHaystack() throws IOException {
    // Four questions a haystack: three of the first passages and one of the next would fit.
    StringBuilder rows = new StringBuilder();
    for (int passage = 0; passage < 4; passage++) {
      for (int i = 0; i < (passage == 0 ? 6 : 3); i++) {
        rows.append(
            "{\"passage\":\"Passage %d.\",\"question\":\"Where, %d?\",\"answers\":[\"%d\"]}\n"
                .formatted(passage, i, passage));
      }
    }
    Path questions = Files.writeString(folder.resolve("more.jsonl"), rows);
    EvaluationInputs others =
        new EvaluationInputs(
            inputs.haystack(), List.of(), Optional.of(QuestionFile.read(questions)));
    run(model(), TestSettings.ofHaystacks(List.of(300), 9), others, "run");
    List<ItemResult> results = log("run", "qa-haystack.jsonl");
    Map<String, Set<Integer>> clusters = new HashMap<>();
    for (ItemResult result : results) {
      for (AnsweredQuestion answer : answers(result)) {
        clusters
            .computeIfAbsent(answer.expected().getFirst(), passage -> new HashSet<>())
            .add(result.cluster());
      }
    }
    assertThat(results.stream().mapToInt(result -> result.samples().size()).sum()).isEqualTo(15);
    // The passage of six questions takes two haystacks, the others one each.
    assertThat(results).hasSize(5);
    assertThat(results.stream().map(ItemResult::cluster).distinct()).hasSize(4);
    assertThat(clusters.values()).hasSize(4).allMatch(ofPassage -> ofPassage.size() == 1);
  }

  @Test
  void shouldReadSharedTokensOnce() {
    run(model(), "run", Cancellation.NEVER);
    ItemResult needles = log("run", "needle.jsonl").getFirst();
    int separately = answers(needles).stream().mapToInt(AnsweredQuestion::promptTokens).sum();
    assertThat(needles.modelTokens()).isLessThan(separately / 2);
  }

  @Test
  void shouldEndWithSameBytesWhereverItWasKilled() throws IOException {
    batchSize = new BatchSize(10_000, 2);
    run(model(), "whole", Cancellation.NEVER);
    Path whole = folder.resolve("whole");
    long bytes = 0;
    for (String log : LOGS) {
      bytes += Files.size(whole.resolve(log));
    }
    // In the middle of lines, and before and after line breaks and files.
    for (int i = 0; i < 40; i++) {
      long written = i * bytes / 39;
      Path killed = Files.createDirectories(folder.resolve("killed" + written));
      long left = written;
      for (String log : LOGS) {
        byte[] all = Files.readAllBytes(whole.resolve(log));
        if (left > 0) {
          Files.write(killed.resolve(log), Arrays.copyOf(all, (int) Math.min(left, all.length)));
        }
        left -= all.length;
      }
      run(model(), "killed" + written, Cancellation.NEVER);
      for (String log : LOGS) {
        assertThat(killed.resolve(log)).hasSameBinaryContentAs(whole.resolve(log));
      }
      assertThat(killed.resolve(EvaluateStage.RESULT_FILE))
          .hasSameBinaryContentAs(whole.resolve(EvaluateStage.RESULT_FILE));
    }
  }

  @Test
  void shouldStopBetweenItemsAndGoOn() {
    WordModel first = model();
    assertThatThrownBy(() -> run(first, "run", () -> first.passes == 7))
        .isInstanceOf(CancelledException.class);
    assertThat(log("run", "needle.jsonl")).hasSize(6);
    assertThat(log("run", "qa-haystack.jsonl")).hasSize(1);
    assertThat(figures("run").tasks())
        .extracting(result -> result.task().id())
        .containsExactly("needle");
    WordModel second = model();
    run(second, "run", Cancellation.NEVER);
    assertThat(second.passes).isEqualTo(ITEMS - 7);
  }

  @Test
  void shouldAskNothingAgainWhenComplete() {
    batchSize = BatchSize.DEFAULT;
    Evaluation evaluation = run(model(), "run", Cancellation.NEVER);
    WordModel again = model();
    assertThat(run(again, "run", Cancellation.NEVER)).isEqualTo(evaluation);
    assertThat(again.passes).isZero();
  }

  @Test
  void shouldComputeOnlyWhatQuestionsAddToAFinishedEvaluation() {
    Evaluation whole = run(model(), "whole", Cancellation.NEVER);
    run(model(), SETTINGS, withoutQuestions(), "run");
    WordModel added = model();
    assertThat(run(added, SETTINGS, inputs, "run")).isEqualTo(whole);
    assertThat(added.passes).isEqualTo(4 + 3);
    assertThat(folder.resolve("run").resolve(EvaluateStage.RESULT_FILE))
        .hasSameBinaryContentAs(folder.resolve("whole").resolve(EvaluateStage.RESULT_FILE));
  }

  @Test
  void shouldKeepFiguresOfTasksThatAreNotNamedThisTime() {
    Evaluation whole = run(model(), "whole", Cancellation.NEVER);
    run(model(), only("bits-per-byte", "qa"), inputs, "run");
    WordModel added = model();
    assertThat(run(added, only("needle", "qa-haystack"), inputs, "run")).isEqualTo(whole);
    assertThat(added.passes).isEqualTo(6 + 4);
  }

  @Test
  void shouldNotMakeATaskForeignByAnotherTasksOption() {
    run(model(), "run", Cancellation.NEVER);
    EvaluationSettings otherWindow = TestSettings.of(List.of(150, 300), 40, 3);
    assertThatThrownBy(() -> run(model(), otherWindow, inputs, "run"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("bits-per-byte.jsonl was begun with other inputs")
        .hasMessageContaining("window 50 (now 40)");
    WordModel again = model();
    EvaluationSettings needles =
        new EvaluationSettings(
            List.of("needle"),
            otherWindow.haystacks(),
            otherWindow.answerTokens(),
            otherWindow.limit(),
            otherWindow.seed(),
            otherWindow.options());
    run(again, needles, inputs, "run");
    assertThat(again.passes).isZero();
  }

  @Test
  void shouldNotStandBesideFiguresOfAnotherWindow() {
    Evaluation evaluation = run(model(), "run", Cancellation.NEVER);
    TaskRunner another = runner(model(), ANOTHER, Cancellation.NEVER);
    Evaluation sameWindow = TestEvaluation.of(SETTINGS, inputs, another, folder.resolve("trained"));
    evaluation.requireComparableTo(sameWindow);
    Evaluation otherWindow =
        TestEvaluation.of(
            TestSettings.of(List.of(150, 300), 40, 3), inputs, another, folder.resolve("other"));
    assertThatThrownBy(() -> evaluation.requireComparableTo(otherWindow))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[bits-per-byte]");
    Evaluation fewer =
        TestEvaluation.of(SETTINGS, withoutQuestions(), another, folder.resolve("fewer"));
    assertThatThrownBy(() -> evaluation.requireComparableTo(fewer))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> fewer.requireComparableTo(evaluation))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldRefuseFolderOfAnotherModel() {
    run(model(), "run", Cancellation.NEVER);
    TaskRunner other = runner(model(), ANOTHER, Cancellation.NEVER);
    assertThatThrownBy(() -> TestEvaluation.of(SETTINGS, inputs, other, folder.resolve("run")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(
            "other model weights or config.json (SHA-256 11111111, now 22222222)");
  }

  @Test
  void shouldRefuseFolderOfAnotherModelWhateverTasksAreNamed() throws IOException {
    run(model(), only("needle"), inputs, "run");
    Path run = folder.resolve("run");
    byte[] figures = Files.readAllBytes(run.resolve(EvaluateStage.RESULT_FILE));
    TaskRunner other = runner(model(), ANOTHER, Cancellation.NEVER);
    assertThatThrownBy(() -> TestEvaluation.of(only("qa"), inputs, other, run))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("needle.jsonl was begun with other inputs")
        .hasMessageContaining(
            "other model weights or config.json (SHA-256 11111111, now 22222222)");
    Files.delete(run.resolve("needle.jsonl"));
    assertThatThrownBy(() -> TestEvaluation.of(only("qa"), inputs, other, run))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("evaluation.json holds the figures of another model");
    assertThat(run.resolve(EvaluateStage.RESULT_FILE)).hasBinaryContent(figures);
    assertThat(run.resolve("qa.jsonl")).doesNotExist();
  }

  @Test
  void shouldKeepAFinishedTaskOfARunThatWasStoppedLaterAndRepeatedWithOtherTasks() {
    Evaluation whole = run(model(), "whole", Cancellation.NEVER);
    WordModel stopped = model();
    assertThatThrownBy(() -> run(stopped, "run", () -> stopped.passes == 7))
        .isInstanceOf(CancelledException.class);
    Evaluation repeated = run(model(), only("bits-per-byte"), inputs, "run");
    assertThat(repeated).isEqualTo(whole.only(Set.of("needle", "bits-per-byte")));
  }

  @Test
  void shouldRefuseFiguresOfAnotherFormat() throws IOException {
    run(model(), only("needle"), inputs, "run");
    replaceInFigures("\"format\" : " + Evaluation.FORMAT, "\"format\" : 2");
    assertThatThrownBy(() -> run(model(), only("qa"), inputs, "run"))
        .isInstanceOf(UserError.class)
        .hasMessageEndingWith(
            "evaluation.json is of another version of longpo (format 2, expected 4); give another"
                + " folder.");
  }

  @Test
  void shouldRefuseFiguresOfAnotherVersionOfATask() throws IOException {
    run(model(), only("needle"), inputs, "run");
    int version = figures("run").tasks().getFirst().task().version();
    replaceInFigures("\"version\" : " + version, "\"version\" : " + (version + 1));
    assertThatThrownBy(() -> run(model(), only("qa"), inputs, "run"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(
            "holds figures of version %d of the task needle".formatted(version + 1));
  }

  private void replaceInFigures(String before, String after) throws IOException {
    Path file = folder.resolve("run").resolve(EvaluateStage.RESULT_FILE);
    String json = Files.readString(file);
    assertThat(json).contains(before);
    Files.writeString(file, json.replace(before, after));
  }

  private Evaluation figures(String run) {
    return Json.read(folder.resolve(run).resolve(EvaluateStage.RESULT_FILE), Evaluation.class);
  }

  @Test
  void shouldRefuseLogOutOfOrder() throws IOException {
    run(model(), "run", Cancellation.NEVER);
    Path file = folder.resolve("run").resolve("needle.jsonl");
    List<String> lines = Files.readAllLines(file);
    lines.remove(4);
    Files.write(file, lines);
    assertThatThrownBy(() -> run(model(), "run", Cancellation.NEVER))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("needle.jsonl:5");
  }

  @Test
  void shouldRefuseToEvaluateNothing() {
    EvaluationInputs none = new EvaluationInputs(List.of(), List.of(), Optional.empty());
    assertThatThrownBy(() -> run(model(), SETTINGS, none, "run"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("nothing to evaluate: no task has its inputs; give --documents")
        .hasMessageContaining("longpo evaluate --list");
  }

  @Test
  void shouldRefuseANamedTaskWithoutItsInput() {
    assertThatThrownBy(() -> run(model(), only("needle", "qa"), withoutQuestions(), "run"))
        .isInstanceOf(UserError.class)
        .hasMessage("The task qa needs a file of questions (--qa).");
  }

  @Test
  void shouldNameTheNearestTask() {
    assertThatThrownBy(() -> run(model(), only("needles"), inputs, "run"))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "There is no task 'needles' (did you mean 'needle'?); longpo evaluate --list shows all.");
  }

  private List<ItemResult> log(String run, String log) {
    return AppendLog.readLines(folder.resolve(run).resolve(log)).stream()
        .skip(1)
        .map(line -> Json.parse(line, ItemResult.class, "log"))
        .toList();
  }

  private static List<AnsweredQuestion> answers(ItemResult result) {
    return result.samples().stream().map(Sample::answer).flatMap(Optional::stream).toList();
  }
}
