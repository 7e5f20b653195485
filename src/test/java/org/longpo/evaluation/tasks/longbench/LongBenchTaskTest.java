package org.longpo.evaluation.tasks.longbench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.error.UserError;
import org.longpo.evaluation.EvaluationInputs;
import org.longpo.evaluation.EvaluationSettings;
import org.longpo.evaluation.GoldenTexts;
import org.longpo.evaluation.ItemResult;
import org.longpo.evaluation.Slice;
import org.longpo.evaluation.longtext.AnswerKey;
import org.longpo.evaluation.longtext.InputLimit;
import org.longpo.evaluation.longtext.LongQuestion;
import org.longpo.evaluation.longtext.LongTextRun;
import org.longpo.evaluation.longtext.Truncation;
import org.longpo.files.JsonRow;
import org.longpo.files.Sha256;
import tools.jackson.databind.JsonNode;

class LongBenchTaskTest {
  private static final EvaluationSettings SETTINGS = EvaluationSettings.defaults(List.of());

  private static final LongBenchTask TASK = new LongBenchTask();

  @TempDir Path data;

  private static String row(String question, String answer, String difficulty, String length) {
    return """
    {"_id": "1", "domain": "D", "sub_domain": "S", "difficulty": "%s", "length": "%s",
     "question": "%s", "choice_A": "Alder", "choice_B": "Birch", "choice_C": "Cedar",
     "choice_D": "Dogwood", "answer": "%s", "context": "The ship went to Birch Bay. "}"""
        .formatted(difficulty, length, question, answer)
        .replace("\n", "");
  }

  private static final String BIRCH = row("Where to?", "B", "easy", "short");
  private static final String CEDAR = row("Why?", "C", "hard", "medium");

  private static LongBenchTask.Options options(
      int maxContext, Truncation truncation, boolean chainOfThought, SliceBy by) {
    return new LongBenchTask.Options(new InputLimit(maxContext, truncation), chainOfThought, by);
  }

  private List<ItemResult> run(LongTextRun run, LongBenchTask.Options options, String json)
      throws IOException {
    Path folder = Files.createDirectories(data.resolve("longbench_v2"));
    Files.writeString(folder.resolve("data.json"), json);
    return run.run(TASK, SETTINGS, options, data);
  }

  private static LongBenchTask.Options plain(SliceBy by) {
    return options(10_000, Truncation.NONE, /* chainOfThought= */ false, by);
  }

  @Test
  void shouldAskQuestionsAboutOneTextTogetherAndScoreLetters() throws IOException {
    for (String json : List.of("[" + BIRCH + ",\n" + CEDAR + "]", BIRCH + "\n" + CEDAR)) {
      LongTextRun run = new LongTextRun(prompt -> "The correct answer is (B).");
      List<ItemResult> results = run(run, plain(SliceBy.LENGTH), json);
      assertThat(results).hasSize(1);
      assertThat(LongTextRun.values(results, "accuracy")).containsExactly(1.0, 0.0);
      assertThat(run.asked())
          .first()
          .asString()
          .startsWith("<user> Please read the following text")
          .contains("<text> The ship went to Birch Bay. </text> What is the correct answer");
    }
  }

  @Test
  void shouldCountAnswersWithoutLetterAsWrong() throws IOException {
    for (String answer : List.of("", "B", "the correct answer is (B)")) {
      assertThat(
              LongTextRun.values(
                  run(new LongTextRun(prompt -> answer), plain(SliceBy.LENGTH), BIRCH), "accuracy"))
          .containsExactly(0.0);
    }
  }

  @Test
  void shouldDivideResultsByLengthOrDifficulty() throws IOException {
    assertThat(slices(SliceBy.LENGTH))
        .containsExactly(new Slice("length", 0, "short"), new Slice("length", 1, "medium"));
    assertThat(slices(SliceBy.DIFFICULTY))
        .containsExactly(new Slice("difficulty", 0, "easy"), new Slice("difficulty", 1, "hard"));
  }

  private List<Slice> slices(SliceBy by) throws IOException {
    return run(new LongTextRun(prompt -> ""), plain(by), BIRCH + "\n" + CEDAR)
        .getFirst()
        .samples()
        .stream()
        .map(sample -> sample.slice().orElseThrow())
        .toList();
  }

  @Test
  void shouldThinkFirstWhereAsked() throws IOException {
    LongTextRun run =
        new LongTextRun(
            prompt ->
                prompt.contains("omitted here")
                    ? "The correct answer is (B)"
                    : " Because of birches. The correct answer is (A)\n");
    List<ItemResult> results =
        run(
            run,
            options(10_000, Truncation.NONE, /* chainOfThought= */ true, SliceBy.LENGTH),
            BIRCH);
    assertThat(LongTextRun.values(results, "accuracy")).containsExactly(1.0);
    assertThat(run.asked()).hasSize(2);
    assertThat(run.asked().getFirst()).endsWith("Let’s think step by step: <assistant>");
    assertThat(run.asked().getLast())
        .doesNotContain("Birch Bay")
        .contains("step by step: Because of birches.");
  }

  @Test
  void shouldKeepRoomForTheChainOfThought() {
    // 128 tokens are left for an answer, 1,024 for a chain of thought.
    assertThatThrownBy(
            () ->
                run(
                    new LongTextRun(prompt -> ""),
                    options(1060, Truncation.NONE, /* chainOfThought= */ true, SliceBy.LENGTH),
                    BIRCH))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("data.json")
        .hasMessageContaining("36 of 1,060");
  }

  @Test
  void shouldTruncateWhereAsked() throws IOException {
    String longRow = BIRCH.replace("The ship went", "The ship went ".repeat(100));
    List<ItemResult> results =
        run(
            new LongTextRun(prompt -> "The correct answer is B"),
            options(228, Truncation.MIDDLE, /* chainOfThought= */ false, SliceBy.LENGTH),
            longRow);
    assertThat(LongTextRun.values(results, "truncated")).containsExactly(1.0);
    assertThat(results.getFirst().samples().getFirst().answer().orElseThrow().promptTokens())
        .isEqualTo(100);
  }

  @Test
  void shouldNameRowAndFieldOfBadRows() {
    refuse("[" + BIRCH + "," + CEDAR.replace("context", "text") + "]", "row 2: context is missing");
    refuse(BIRCH + "\n" + CEDAR.replace("choice_D", "choice"), "data.json:2: choice_D is missing");
    refuse(BIRCH.replace("\"answer\": \"B\"", "\"answer\": \"E\""), ":1: answer is not one of A,");
    refuse(BIRCH.replace("short", "huge"), ":1: length is not one of short, medium, long");
    refuse("[]", "has no question");
  }

  private void refuse(String json, String message) {
    assertThatThrownBy(() -> run(new LongTextRun(prompt -> ""), plain(SliceBy.LENGTH), json))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("data.json")
        .hasMessageContaining(message);
  }

  @Test
  void shouldSayWhatIsMissing() {
    assertThat(TASK.missing(new EvaluationInputs(List.of(), List.of(), Optional.empty()), SETTINGS))
        .hasValueSatisfying(missing -> assertThat(missing).contains("data.json", "--data"));
  }

  @Test
  void shouldAskAsOriginalDoes() {
    JsonNode golden = GoldenTexts.read("tasks/longbench_prompts_golden.json");
    String thought = golden.path("thought").stringValue();
    assertThat(GoldenTexts.rows(golden)).hasSize(2);
    for (JsonNode row : GoldenTexts.rows(golden)) {
      JsonRow asked = new JsonRow("golden", row.path(0));
      JsonNode hashes = row.path(1);
      LongQuestion withThought = question(asked, /* chainOfThought= */ true);
      assertThat(sha256(whole(question(asked, /* chainOfThought= */ false))))
          .isEqualTo(hashes.path("0shot").stringValue());
      assertThat(sha256(whole(withThought))).isEqualTo(hashes.path("0shot_cot").stringValue());
      assertThat(sha256(LongBenchPrompts.conclusion(withThought, thought)))
          .isEqualTo(hashes.path("0shot_cot_ans").stringValue());
    }
  }

  private static LongQuestion question(JsonRow row, boolean chainOfThought) {
    AnswerKey key = new AnswerKey(List.of(), answer -> 0, Optional.empty());
    return LongBenchPrompts.question(row, chainOfThought, key);
  }

  private static String whole(LongQuestion question) {
    return question.about().before() + question.about().text() + question.after();
  }

  private static String sha256(String text) {
    return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
