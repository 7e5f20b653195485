package org.longpo.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
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
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.error.UserError;
import org.longpo.files.Json;
import org.longpo.files.StageIdentity;
import org.longpo.progress.Cancellation;
import org.longpo.progress.CancelledException;
import org.longpo.progress.Progress;

class EvaluatorTest {
  private static final EvaluationSettings SETTINGS =
      TestSettings.of(List.of(150, 300), /* windowTokens= */ 50, /* maxWindows= */ 3);

  /**
   * Windows 3, passages of the first 5 of 8 questions 3, haystacks of needles 6 and questions 4.
   */
  private static final StageIdentity FIRST =
      StageIdentity.of("model").withContent("model weights or config.json", "1".repeat(64));

  private static final StageIdentity ANOTHER =
      StageIdentity.of("model").withContent("model weights or config.json", "2".repeat(64));

  private static final int ITEMS = 3 + 3 + 6 + 4;

  @TempDir Path folder;

  private EvaluationInputs inputs;

  @BeforeEach
  void writeQuestions() throws IOException {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      rows.append(
          ("{\"passage\":\"Passage %d tells of place %d.\",\"question\":\"Where, %d?\","
                  + "\"answers\":[\"the place %d\"]}\n")
              .formatted(i / 2, i / 2, i, i / 2));
    }
    Path questions = Files.writeString(folder.resolve("qa.jsonl"), rows);
    inputs =
        new EvaluationInputs(
            List.of(new SourceText("book.txt", Texts.sentences(200))),
            List.of(new SourceText("held-out.txt", Texts.sentences(60))),
            Optional.of(QuestionFile.read(questions)));
  }

  private WordModel model() {
    return new WordModel(
        prompt -> prompt.contains("Where,") ? "Place 1!" : WordModel.readCode(prompt),
        -1,
        OptionalInt.empty());
  }

  private Evaluation run(WordModel model, String run, Cancellation cancellation) {
    return new Evaluator(model, FIRST, SETTINGS, inputs)
        .run(folder.resolve(run), Progress.NONE, cancellation);
  }

  @Test
  void shouldScoreEveryTask() {
    WordModel model = model();
    Evaluation evaluation = run(model, "run", Cancellation.NEVER);
    assertThat(model.passes).isEqualTo(ITEMS);
    LongScore needle = evaluation.needle().orElseThrow();
    assertThat(needle.byLength()).extracting(LengthScore::length).containsExactly(150, 300);
    assertThat(needle.byLength())
        .allMatch(score -> score.accuracy().equals(new Accuracy(12, 3, 1, OptionalDouble.of(0))));
    // Three haystacks of four needles take three depths in turn: four each.
    assertThat(needle.byLengthAndDepth()).hasSize(6).allMatch(cell -> cell.accuracy().n() == 4);
    assertThat(evaluation.qaLong().orElseThrow().byLength())
        .allMatch(score -> score.accuracy().n() == 8 && score.accuracy().accuracy() == 0.25);
    Accuracy alone = evaluation.qaShort().orElseThrow().exactMatch();
    assertThat(alone.n()).isEqualTo(5);
    assertThat(alone.clusters()).isEqualTo(3);
    MeanScore bits = evaluation.bitsPerByte().orElseThrow().bitsPerByte();
    assertThat(bits.n()).isEqualTo(3);
    assertThat(bits.clusters()).isEqualTo(1);
    assertThat(bits.standardError()).isEmpty();
    assertThat(Json.read(folder.resolve("run").resolve(Evaluator.RESULT_FILE), Evaluation.class))
        .isEqualTo(evaluation);
  }

  @Test
  void shouldHoldEveryPromptToItsLength() {
    run(model(), "run", Cancellation.NEVER);
    List<ItemResult> results = log("run");
    assertThat(results).filteredOn(result -> result.length() > 0).hasSize(10);
    for (ItemResult result : results) {
      if (result.length() > 0) {
        assertThat(result.answers()).allMatch(answer -> answer.promptTokens() <= result.length());
        assertThat(result.answers())
            .anyMatch(answer -> answer.promptTokens() > result.length() - 5);
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
    EvaluationSettings settings = TestSettings.ofHaystacks(List.of(300), 9);
    new Evaluator(model(), FIRST, settings, others)
        .run(folder.resolve("run"), Progress.NONE, Cancellation.NEVER);
    List<ItemResult> results =
        log("run").stream().filter(result -> result.task() == TaskKind.QA_LONG).toList();
    Map<String, Set<Integer>> clusters = new HashMap<>();
    for (ItemResult result : results) {
      for (Answered answer : result.answers()) {
        clusters
            .computeIfAbsent(answer.expected().getFirst(), passage -> new HashSet<>())
            .add(result.cluster());
      }
    }
    assertThat(results.stream().mapToInt(result -> result.answers().size()).sum()).isEqualTo(15);
    // The passage of six questions takes two haystacks, the others one each.
    assertThat(results).hasSize(5);
    assertThat(results.stream().map(ItemResult::cluster).distinct()).hasSize(4);
    assertThat(clusters.values()).hasSize(4).allMatch(ofPassage -> ofPassage.size() == 1);
  }

  @Test
  void shouldReadSharedTokensOnce() {
    run(model(), "run", Cancellation.NEVER);
    ItemResult needles =
        log("run").stream().filter(r -> r.task() == TaskKind.NEEDLE).findFirst().orElseThrow();
    int separately = needles.answers().stream().mapToInt(Answered::promptTokens).sum();
    assertThat(needles.modelTokens()).isLessThan(separately / 2);
  }

  @Test
  void shouldEndWithSameBytesWhereverItWasKilled() throws IOException {
    run(model(), "whole", Cancellation.NEVER);
    byte[] whole = Files.readAllBytes(folder.resolve("whole").resolve(Evaluator.LOG_FILE));
    byte[] figures = Files.readAllBytes(folder.resolve("whole").resolve(Evaluator.RESULT_FILE));
    // In the middle of lines, and behind and before line breaks.
    for (int bytes : IntStream.range(0, 40).map(i -> i * whole.length / 39).toArray()) {
      Path run = Files.createDirectories(folder.resolve("killed" + bytes));
      Files.write(run.resolve(Evaluator.LOG_FILE), Arrays.copyOf(whole, bytes));
      run(model(), "killed" + bytes, Cancellation.NEVER);
      assertThat(Files.readAllBytes(run.resolve(Evaluator.LOG_FILE))).isEqualTo(whole);
      assertThat(Files.readAllBytes(run.resolve(Evaluator.RESULT_FILE))).isEqualTo(figures);
    }
  }

  @Test
  void shouldStopBetweenItemsAndGoOn() {
    WordModel first = model();
    assertThatThrownBy(() -> run(first, "run", () -> first.passes == 7))
        .isInstanceOf(CancelledException.class);
    assertThat(log("run")).hasSize(7);
    assertThat(folder.resolve("run").resolve(Evaluator.RESULT_FILE)).doesNotExist();
    WordModel second = model();
    run(second, "run", Cancellation.NEVER);
    assertThat(second.passes).isEqualTo(ITEMS - 7);
  }

  @Test
  void shouldAskNothingAgainWhenComplete() {
    Evaluation evaluation = run(model(), "run", Cancellation.NEVER);
    WordModel again = model();
    assertThat(run(again, "run", Cancellation.NEVER)).isEqualTo(evaluation);
    assertThat(again.passes).isZero();
  }

  @Test
  void shouldNotStandBesideFiguresOfAnotherWindow() {
    Evaluation evaluation = run(model(), "run", Cancellation.NEVER);
    Evaluation sameWindow =
        new Evaluator(model(), ANOTHER, SETTINGS, inputs)
            .run(folder.resolve("trained"), Progress.NONE, Cancellation.NEVER);
    evaluation.requireComparableTo(sameWindow);
    Evaluation otherWindow =
        new Evaluator(model(), ANOTHER, TestSettings.of(List.of(150, 300), 40, 3), inputs)
            .run(folder.resolve("other"), Progress.NONE, Cancellation.NEVER);
    assertThatThrownBy(() -> evaluation.requireComparableTo(otherWindow))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldRefuseFolderOfAnotherEvaluation() {
    run(model(), "run", Cancellation.NEVER);
    Evaluator other = new Evaluator(model(), ANOTHER, SETTINGS, inputs);
    assertThatThrownBy(() -> other.run(folder.resolve("run"), Progress.NONE, Cancellation.NEVER))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(
            "other model weights or config.json (SHA-256 11111111, now 22222222)");
  }

  @Test
  void shouldRefuseLogOutOfOrder() throws IOException {
    run(model(), "run", Cancellation.NEVER);
    Path file = folder.resolve("run").resolve(Evaluator.LOG_FILE);
    List<String> lines = Files.readAllLines(file);
    lines.remove(4);
    Files.write(file, lines);
    assertThatThrownBy(() -> run(model(), "run", Cancellation.NEVER))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(Evaluator.LOG_FILE + ":5");
  }

  @Test
  void shouldRefuseToEvaluateNothing() {
    EvaluationInputs none = new EvaluationInputs(List.of(), List.of(), Optional.empty());
    Evaluator evaluator = new Evaluator(model(), FIRST, SETTINGS, none);
    assertThatThrownBy(() -> evaluator.run(folder, Progress.NONE, Cancellation.NEVER))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("nothing to evaluate");
  }

  private List<ItemResult> log(String run) {
    try {
      return Files.readAllLines(folder.resolve(run).resolve(Evaluator.LOG_FILE)).stream()
          .skip(1)
          .map(line -> Json.parse(line, ItemResult.class, "log"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
