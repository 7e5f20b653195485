package org.longpo.evaluation.tasks.judged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.error.UserError;
import org.longpo.evaluation.ItemResult;
import org.longpo.evaluation.TaskOptions;
import org.longpo.files.Json;
import org.longpo.files.ResumableLog;
import org.longpo.files.StageIdentity;
import org.longpo.settings.OptionRecords;

class ComparisonTaskTest {
  private static final GradingTask<JudgeOptions> GRADING = new GradingTask<>(new MtBench());
  private static final ComparisonTask<JudgeOptions> TASK = new ComparisonTask<>(new MtBench());

  private static final String QUESTIONS =
      """
      {"question_id": 1, "category": "writing", "turns": ["Name a bird.", "And its colour?"]}
      {"question_id": 2, "category": "stem", "turns": ["Name a star."]}
      """;

  @TempDir Path folder;

  @BeforeEach
  void writeQuestionsAndAnotherModelsAnswers() throws IOException {
    Files.writeString(folder.resolve("mt_bench_questions.jsonl"), QUESTIONS);
    writeLog(
        new JudgedRun(prompt -> "theirs", prompt -> "[[5]]")
            .run(GRADING, JudgedRun.options(Optional.empty()), folder));
  }

  private void writeLog(List<ItemResult> results) throws IOException {
    Files.deleteIfExists(folder.resolve("mt-bench.jsonl"));
    try (ResumableLog log =
        ResumableLog.open(folder.resolve("mt-bench.jsonl"), StageIdentity.of("evaluate"))) {
      results.forEach(result -> log.append(Json.line(result)));
    }
  }

  private JudgeOptions against() {
    return JudgedRun.options(Optional.of(folder));
  }

  private List<ItemResult> compare(UnaryOperator<String> judgment) {
    return new JudgedRun(prompt -> "mine", judgment).run(TASK, against(), folder);
  }

  private Map<String, Double> figures(UnaryOperator<String> judgment) {
    return JudgedRun.figures(TASK, compare(judgment));
  }

  /** Whether the tested model is assistant A in a prompt about one turn or about two. */
  private static boolean isMineFirst(String prompt) {
    return prompt.indexOf("mine") < prompt.indexOf("theirs");
  }

  @Test
  void shouldWinWhereBothOrdersSaySo() {
    assertThat(figures(prompt -> isMineFirst(prompt) ? "[[A]]" : "[[B]]"))
        .containsOnly(
            Map.entry("win_rate_adjusted", 1.0),
            Map.entry("wins", 1.0),
            Map.entry("ties", 0.0),
            Map.entry("inconsistent", 0.0),
            Map.entry("parse_failures", 0.0));
    assertThat(figures(prompt -> isMineFirst(prompt) ? "[[B]]" : "[[A]]"))
        .containsEntry("win_rate_adjusted", 0.0)
        .containsEntry("wins", 0.0)
        .containsEntry("ties", 0.0);
  }

  @Test
  void shouldCallWhatDependsOnTheOrderATie() {
    assertThat(figures(prompt -> "[[A]]"))
        .containsEntry("win_rate_adjusted", 0.5)
        .containsEntry("wins", 0.0)
        .containsEntry("ties", 1.0)
        .containsEntry("inconsistent", 1.0);
    assertThat(figures(prompt -> isMineFirst(prompt) ? "[[A]]" : "[[C]]"))
        .containsEntry("ties", 1.0)
        .containsEntry("inconsistent", 1.0);
    assertThat(figures(prompt -> "[[C]]"))
        .containsEntry("ties", 1.0)
        .containsEntry("inconsistent", 0.0);
  }

  @Test
  void shouldLeaveOutAnswersWithAJudgmentWithoutAVerdict() {
    List<ItemResult> results =
        compare(
            prompt -> {
              if (prompt.contains("star")) {
                return isMineFirst(prompt) ? "[[A]]" : "Hard to say.";
              }
              return isMineFirst(prompt) ? "[[A]]" : "[[B]]";
            });
    assertThat(JudgedRun.figures(TASK, results))
        .containsEntry("win_rate_adjusted", 1.0)
        .containsEntry("parse_failures", 1.0 / 3);
    assertThat(JudgedRun.figure(TASK, results, "wins").orElseThrow().n()).isEqualTo(2);
    assertThat(figures(prompt -> "?")).containsOnly(Map.entry("parse_failures", 1.0));
  }

  @Test
  void shouldShowTheJudgeBothConversationsInBothOrders() {
    JudgedRun run = new JudgedRun(prompt -> "mine", prompt -> "[[C]]");
    List<ItemResult> results = run.run(TASK, against(), folder);
    assertThat(run.judged).hasSize(6);
    assertThat(run.judged.get(4))
        .contains("### Assistant A: mine ### User: And its colour? ### Assistant A: mine")
        .contains("### Assistant B: theirs ### User: And its colour? ### Assistant B: theirs");
    assertThat(run.judged.get(5)).contains("### Assistant B: mine");
    assertThat(results.getFirst().samples().getFirst().answer().orElseThrow().judgments())
        .containsExactly("[[C]]", "[[C]]");
  }

  @Test
  void shouldDependOnTheOtherAnswersAndNotOnTheirFolder() throws IOException {
    Map<String, String> before = JudgedRun.plan(TASK, against(), folder).inputs();
    assertThat(before).containsKey("answers of the other model");
    assertThat(OptionRecords.deciding(against())).doesNotContainKey("judge_against");
    writeLog(
        new JudgedRun(prompt -> "others", prompt -> "[[5]]")
            .run(GRADING, JudgedRun.options(Optional.empty()), folder));
    assertThat(JudgedRun.plan(TASK, against(), folder).inputs()).isNotEqualTo(before);
  }

  @Test
  void shouldRefuseOtherOrMissingAnswers() throws IOException {
    Files.writeString(
        folder.resolve("mt_bench_questions.jsonl"), QUESTIONS.replace("a star", "a moon"));
    assertThatThrownBy(() -> figures(prompt -> "[[A]]"))
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll("mt-bench.jsonl:3", "Name a moon.", "same files");
    Files.writeString(
        folder.resolve("mt_bench_questions.jsonl"),
        QUESTIONS + "{\"question_id\": 3, \"category\": \"stem\", \"turns\": [\"More?\"]}\n");
    assertThatThrownBy(() -> figures(prompt -> "[[A]]"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("mt-bench.jsonl has answers to 2 of 3 questions");
    Files.delete(folder.resolve("mt-bench.jsonl"));
    assertThatThrownBy(() -> figures(prompt -> "[[A]]"))
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll("has no mt-bench.jsonl", "--tasks mt-bench");
  }

  @Test
  void shouldNeedAnotherModelsAnswers() {
    assertThat(TASK.missing(JudgedRun.inputs(folder), JudgedRun.settings(1)))
        .hasValueSatisfying(what -> assertThat(what).contains("--judge-against RUN"));
    assertThat(
            TASK.missing(
                JudgedRun.inputs(folder),
                OptionRecords.with(
                    JudgedRun.settings(1), "options", TaskOptions.DEFAULTS.with(TASK, against()))))
        .isEmpty();
  }
}
