package org.longpo.evaluation.tasks.infinitebench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.longpo.error.UserError;
import org.longpo.evaluation.BenchmarkData;
import org.longpo.evaluation.EvaluationInputs;
import org.longpo.evaluation.EvaluationSettings;
import org.longpo.evaluation.ItemResult;
import org.longpo.evaluation.Sample;
import org.longpo.evaluation.Task;
import org.longpo.evaluation.longtext.InputLimit;
import org.longpo.evaluation.longtext.LongTextRun;
import org.longpo.evaluation.longtext.PromptForm;
import org.longpo.evaluation.longtext.Truncation;
import org.longpo.settings.OptionRecords;

class InfiniteBenchTaskTest {
  private static final EvaluationSettings SETTINGS = EvaluationSettings.defaults(List.of());

  private static final String OPTIONS =
      "\"options\": [\"sail_one\", \"sail_two\", \"sail_three\", \"sail_four\"]";

  @TempDir Path data;

  /** One of the tasks by its file's name. */
  private static InfiniteBenchTask task(String file) {
    String id = "infinitebench-" + file.replace('_', '-');
    return (InfiniteBenchTask)
        InfiniteBenchTask.ALL.stream()
            .filter(task -> task.info().id().equals(id))
            .findFirst()
            .orElseThrow();
  }

  private static InfiniteBenchTask.Options options(int maxContext, Truncation truncation) {
    return new InfiniteBenchTask.Options(
        new InputLimit(maxContext, truncation), PromptForm.COMPLETION, Optional.empty());
  }

  private List<ItemResult> run(String file, LongTextRun run, String... rows) throws IOException {
    return run(file, run, SETTINGS, options(100_000, Truncation.NONE), rows);
  }

  private List<ItemResult> run(
      String file,
      LongTextRun run,
      EvaluationSettings settings,
      InfiniteBenchTask.Options options,
      String... rows)
      throws IOException {
    Path folder = Files.createDirectories(data.resolve("infinitebench"));
    Files.writeString(folder.resolve(file + ".jsonl"), String.join("\n", rows));
    return run.run(task(file), settings, options, data);
  }

  private static String row(String input, String answer) {
    return "{\"id\": 0, \"context\": \"The long text.\", \"input\": \"%s\", \"answer\": %s, %s}"
        .formatted(input, answer, OPTIONS);
  }

  /** File, input, answer field, part of the prompt, right answer and its score, wrong answer. */
  static Stream<Arguments> tasks() {
    return Stream.of(
        Arguments.of(
            "passkey",
            "What is it?",
            "\"71432\"",
            "What is it? The pass key is",
            " 71432.",
            1.0,
            "7143"),
        Arguments.of(
            "number_string",
            "Which?",
            "[\"3000\"]",
            "Which? The sequence of digits is",
            "It is 3000, not 4000",
            1.0,
            "4000, not 3000"),
        Arguments.of(
            "kv_retrieval",
            "Key: k",
            "\"ab-1\"",
            "text. Key: k",
            "{\\\"k\\\": \\\"ab-1\\\"}".replace("\\", ""),
            1.0,
            "ab-12"),
        Arguments.of(
            "longdialogue_qa_eng",
            "",
            "[\"ANN\", \"ANN LEE\"]",
            "The name that has been replaced with $$MASK$$ is likely",
            "Ann: hello",
            1.0,
            "Anna"),
        Arguments.of(
            "longbook_sum_eng",
            "",
            "[\"Ann sails home.\"]",
            "The long text. Summary:",
            "ann, sails\nhome",
            1.0,
            "Bob"),
        Arguments.of(
            "longbook_choice_eng",
            "Who?",
            "[\"sail_two\"]",
            "Question: Who? A. sail_one B. sail_two C. sail_three D. sail_four",
            " B. sail_two",
            1.0,
            "A"),
        Arguments.of(
            "longbook_qa_eng",
            "Who?",
            "[\"the red fox\", \"Ann Lee\"]",
            "Question: Who? Answer:",
            "Ann",
            2.0 / 3,
            "Bob"),
        Arguments.of("longbook_qa_chn", "谁？", "[\"安娜\"]", "问题：谁？ 答案：", "安", 2.0 / 3, "李"),
        Arguments.of(
            "math_find",
            "The largest number of the list is: ",
            "42",
            "What is the largest number in the following list? The long text.",
            "42",
            1.0,
            "4"),
        Arguments.of(
            "math_find",
            "The median of the list is: ",
            "[3.5]",
            "What is the median in the following list?",
            "3.50",
            1.0,
            "3"),
        Arguments.of(
            "math_calc",
            "",
            "[[1, 4, 8, 5]]",
            "Expression: The long text. Values:",
            "[1, 4, 9, 5]",
            0.5,
            "[4]"),
        Arguments.of(
            "code_run",
            "Give me func_3(-2).",
            "[-4]",
            "The value of func_3(-2) is",
            "`-4`",
            1.0,
            "4"),
        Arguments.of(
            "code_debug",
            "",
            "\"sail_three\"",
            "D. sail_four The correct option is:",
            "C. sail_three",
            1.0,
            "sail_three"));
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void shouldAskAndScore(
      String file,
      String input,
      String answer,
      String part,
      String right,
      double score,
      String wrong)
      throws IOException {
    String metric = task(file).info().headline().id();
    LongTextRun run = new LongTextRun(prompt -> right);
    assertThat(LongTextRun.values(run(file, run, row(input, answer)), metric))
        .containsExactly(score);
    assertThat(run.asked()).singleElement().asString().contains(part).contains("The long text.");
    for (String zero : List.of(wrong, "")) {
      assertThat(
              LongTextRun.values(
                  run(file, new LongTextRun(prompt -> zero), row(input, answer)), metric))
          .as(zero)
          .containsExactly(0.0);
    }
  }

  @Test
  void shouldReadSharedTextOnce() throws IOException {
    List<ItemResult> results =
        run(
            "longbook_qa_eng",
            new LongTextRun(prompt -> prompt.contains("Why?") ? "Rain" : "Ann"),
            row("Who?", "[\"Ann\"]"),
            row("Where?", "[\"Bay\"]").replace("long text", "other text"),
            row("Why?", "[\"Rain\"]"));
    assertThat(results).extracting(result -> result.samples().size()).containsExactly(2, 1);
    assertThat(LongTextRun.values(results, "f1")).containsExactly(1.0, 1.0, 0.0);
    assertThat(results.getFirst().samples())
        .extracting(sample -> sample.answer().orElseThrow().question())
        .allSatisfy(question -> assertThat(question).startsWith("Question: W"));
  }

  @Test
  void shouldTruncateOnlyWhereAskedAndCountIt() throws IOException {
    String longRow = row("Who?", "[\"Ann\"]").replace("long text", "long text ".repeat(100));
    String shortRow = row("Who?", "[\"Ann\"]");
    LongTextRun run = new LongTextRun(prompt -> "Ann");
    // 40 tokens are the answer's.
    List<ItemResult> results =
        run("longbook_qa_eng", run, SETTINGS, options(90, Truncation.MIDDLE), shortRow, longRow);
    assertThat(LongTextRun.values(results, "truncated")).containsExactly(0.0, 1.0);
    assertThat(LongTextRun.values(results, "f1")).containsExactly(1.0, 1.0);
    assertThat(run.asked().getLast().split(" ", -1))
        .hasSize(50)
        .startsWith("Read")
        .endsWith("Answer:");

    assertThatThrownBy(
            () ->
                run(
                    "longbook_qa_eng",
                    run,
                    SETTINGS,
                    options(90, Truncation.NONE),
                    shortRow,
                    longRow))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("longbook_qa_eng.jsonl:2")
        .hasMessageContaining("--truncate middle");
  }

  @Test
  void shouldAskInChatsWithOtherLimitOfAnswers() throws IOException {
    LongTextRun run = new LongTextRun(prompt -> "1");
    InfiniteBenchTask.Options chat =
        new InfiniteBenchTask.Options(
            new InputLimit(1000, Truncation.NONE), PromptForm.CHAT, Optional.of(100));
    run("passkey", run, SETTINGS, chat, row("Which?", "\"1\""));
    assertThat(run.asked().getFirst()).startsWith("<user>").endsWith("<assistant>");
  }

  @Test
  void shouldTakeTheFirstQuestionsOfALimit() throws IOException {
    EvaluationSettings one = OptionRecords.with(SETTINGS, "limit", Optional.of(1));
    assertThat(
            run(
                "passkey",
                new LongTextRun(prompt -> "1"),
                one,
                options(1000, Truncation.NONE),
                row("Which?", "\"1\""),
                "no JSON"))
        .hasSize(1);
  }

  @Test
  void shouldNameFileLineAndFieldOfBadRows() {
    refuse("passkey", row("?", "\"1\"").replace("context", "content"), ":1: context is missing");
    refuse("passkey", row("?", "7"), ":1: answer is not a text or a list of texts");
    refuse("passkey", row("?", "\"1\"").replace("input", "in"), ":1: input is missing");
    refuse("code_debug", row("?", "\"sail_five\""), ":1: answer is not the text of one of");
    refuse("code_debug", row("?", "[\"a\", \"E\"]"), ":1: answer is not the text of one of");
    refuse("longbook_choice_eng", row("?", "\"x\"").replace(OPTIONS, "\"o\": 1"), "options is m");
    refuse("math_find", row("?", "1"), ":1: input is not a text with \"The ... of\"");
    refuse("math_find", row("The sum of it", "\"1\""), ":1: answer is not a number");
    refuse("code_run", row("func_1(2)", "1.5"), ":1: answer is not a whole number");
    refuse("code_run", row("func(2)", "1"), ":1: input is not a text with a call");
    refuse("math_calc", row("?", "[]"), ":1: answer is not a list of at least one answer");
    refuse("math_calc", row("?", "[1, \"2\"]"), ":1: answer is not a list of whole numbers");
    refuse("passkey", "\n", "has no question");
  }

  private void refuse(String file, String row, String message) {
    assertThatThrownBy(() -> run(file, new LongTextRun(prompt -> ""), row))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(file + ".jsonl")
        .hasMessageContaining(message);
  }

  @Test
  void shouldSayWhatIsMissingAndFindFilesInBothPlaces() throws IOException {
    EvaluationInputs inputs =
        new EvaluationInputs(List.of(), List.of(), Optional.empty())
            .with(new BenchmarkData(Optional.of(data)));
    Supplier<List<String>> missing =
        () ->
            InfiniteBenchTask.ALL.stream()
                .filter(task -> task.missing(inputs, SETTINGS).isPresent())
                .map(Task::info)
                .map(info -> info.id())
                .toList();
    assertThat(missing.get()).hasSize(12);
    assertThat(task("passkey").missing(inputs, SETTINGS).orElseThrow())
        .contains("passkey.jsonl", "--data");
    Files.writeString(data.resolve("passkey.jsonl"), "");
    Files.writeString(
        Files.createDirectories(data.resolve("infinitebench")).resolve("code_run.jsonl"), "");
    assertThat(missing.get())
        .hasSize(10)
        .doesNotContain("infinitebench-passkey", "infinitebench-code-run");
  }

  @Test
  void shouldHashTheFile() throws IOException {
    Path file = Files.writeString(data.resolve("passkey.jsonl"), row("?", "\"1\""));
    EvaluationInputs inputs =
        new EvaluationInputs(List.of(), List.of(), Optional.empty())
            .with(new BenchmarkData(Optional.of(data)));
    Supplier<Object> hashes =
        () -> task("passkey").plan(inputs, SETTINGS, options(100, Truncation.NONE)).inputs();
    Object before = hashes.get();
    Files.writeString(file, row("?", "\"2\""));
    assertThat(hashes.get()).isNotEqualTo(before);
  }

  @Test
  void shouldLogAHashOfWhatWasRead() throws IOException {
    List<Sample> samples =
        run(
                "longbook_qa_eng",
                new LongTextRun(prompt -> "x"),
                row("Who?", "[\"Ann\"]"),
                row("Why?", "[\"Ann\"]"))
            .getFirst()
            .samples();
    assertThat(samples).extracting(Sample::promptSha256).doesNotHaveDuplicates();
  }
}
