package org.longpo.evaluation.tasks.judged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.longpo.error.UserError;
import org.longpo.evaluation.ItemResult;
import org.longpo.evaluation.longtext.InputLimit;
import org.longpo.evaluation.longtext.Truncation;

class LongBenchChatTest {
  private static final GradingTask<LongBenchChat.Options> TASK =
      new GradingTask<>(new LongBenchChat());

  private static final String TEXT =
      IntStream.range(0, 100).mapToObj(i -> "t" + i).collect(Collectors.joining(" "));

  private static final String SHOTS =
      """
      [[{"answer": "Nobody.", "score": 1}, {"answer": "A dog.", "score": 2},
        {"answer": "A cat.", "score": 9.5}]]
      """;

  @TempDir Path folder;

  private void write(String cases, String shots) throws IOException {
    Path data = Files.createDirectories(folder.resolve("longbench_chat"));
    Files.writeString(data.resolve("test_cases.json"), cases.replace('\'', '"'));
    Files.writeString(data.resolve("few_shots.json"), shots);
  }

  private void write() throws IOException {
    write(
        "[{'idx': 1, 'prompt': '%s Who came?', 'query': 'Who came?', 'answer': 'The cat.', 'more': 1}]"
            .formatted(TEXT),
        SHOTS);
  }

  private static LongBenchChat.Options options(int maxContext, Truncation truncation) {
    return new LongBenchChat.Options(
        JudgedRun.options(Optional.empty()), new InputLimit(maxContext, truncation));
  }

  @Test
  void shouldShowTheJudgeRatedAnswersAndNotTheText() throws IOException {
    write();
    JudgedRun run = new JudgedRun(prompt -> "A\ncat.", prompt -> "[[5]] no: [[score: 7]]");
    List<ItemResult> results = run.run(TASK, options(1000, Truncation.NONE), folder);
    assertThat(run.asked).containsExactly("<user> " + TEXT + " Who came? <assistant>");
    assertThat(run.judged)
        .singleElement()
        .asString()
        .contains("[Question] Who came? [Reference answer begins] The cat. [Reference answer ends]")
        .contains("A cat. [Assistant's answer ends] Rating: [[9.5]]")
        .endsWith("begins] A cat. [Assistant's answer ends] Rating: <assistant>")
        .doesNotContain("t17");
    assertThat(JudgedRun.figures(TASK, results))
        .containsEntry("score", 7.0)
        .containsEntry("parse_failures", 0.0)
        .containsEntry("truncated", 0.0);
  }

  @Test
  void shouldRefuseOrCutPromptsThatAreTooLong() throws IOException {
    write();
    JudgedRun run = new JudgedRun(prompt -> "A cat.", prompt -> "[[7]]");
    assertThatThrownBy(() -> run.run(TASK, options(60, Truncation.NONE), folder))
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll("test_cases.json, row 1", "--truncate middle");
    List<ItemResult> results = run.run(TASK, options(60, Truncation.MIDDLE), folder);
    assertThat(JudgedRun.figures(TASK, results)).containsEntry("truncated", 1.0);
    assertThat(run.asked)
        .singleElement()
        .asString()
        .startsWith("<user> t0 t1 ")
        .endsWith(" t99 Who came? <assistant>")
        .doesNotContain(" t50 ")
        .satisfies(prompt -> assertThat(prompt.split(" ")).hasSizeLessThanOrEqualTo(40));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '#',
      value = {
        "[{'idx': 2, 'prompt': 'a', 'query': 'b', 'answer': 'c'}]; row 1: idx is not a number from",
        "[{'prompt': 'a', 'query': 'b', 'answer': 'c'}]; row 1: idx is missing",
        "[{'idx': 1, 'query': 'b', 'answer': 'c'}]; row 1: prompt is missing",
        "[{'idx': 1, 'prompt': 'a', 'query': ' ', 'answer': 'c'}]; row 1: query",
        "[{'idx': 1, 'prompt': 'a', 'query': 'b'}]; row 1: answer is missing",
        "[]; has no question",
      })
  void shouldNameRowAndFieldThatIsWrong(String cases, String words) throws IOException {
    write(cases, SHOTS);
    JudgedRun run = new JudgedRun(prompt -> "", prompt -> "");
    assertThatThrownBy(() -> run.run(TASK, options(1000, Truncation.NONE), folder))
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll("test_cases.json", words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '#',
      value = {
        "[[{'answer': 'a', 'score': 1}]]; list 1 has 1 rated answers, expected 3",
        "[[{'answer': 'a'}, {'answer': 'a'}, {'answer': 'a'}]]; list 1: score is missing",
      })
  void shouldNameWrongRatedAnswers(String shots, String words) throws IOException {
    write("[{'idx': 1, 'prompt': 'a', 'query': 'b', 'answer': 'c'}]", shots.replace('\'', '"'));
    JudgedRun run = new JudgedRun(prompt -> "", prompt -> "");
    assertThatThrownBy(() -> run.run(TASK, options(1000, Truncation.NONE), folder))
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll("few_shots.json", words);
  }

  @Test
  void shouldSayWhichFileIsMissing() throws IOException {
    assertThat(TASK.missing(JudgedRun.inputs(folder), JudgedRun.settings(1)))
        .contains("its questions (longbench_chat/test_cases.json in --data DIR)");
    write();
    Files.delete(folder.resolve("longbench_chat/few_shots.json"));
    assertThat(TASK.missing(JudgedRun.inputs(folder), JudgedRun.settings(1)))
        .contains("its rated answers (longbench_chat/few_shots.json in --data DIR)");
  }
}
