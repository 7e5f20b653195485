package org.longpo.evaluation.tasks.judged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.longpo.error.UserError;
import org.longpo.evaluation.AnsweredQuestion;
import org.longpo.evaluation.EvaluationInputs;
import org.longpo.evaluation.ItemResult;
import org.longpo.evaluation.ResultRows;
import org.longpo.evaluation.TaskContext;
import org.longpo.evaluation.WordModel;
import org.longpo.text.Conversation;
import org.longpo.text.Message;
import org.longpo.text.Prompt;
import org.longpo.text.Prompts;
import org.longpo.text.Role;
import org.longpo.text.TokenSpans;
import org.longpo.text.Turn;

class MtBenchTest {
  private static final GradingTask<JudgeOptions> TASK = new GradingTask<>(new MtBench());
  private static final JudgeOptions OPTIONS = JudgedRun.options(Optional.empty());

  @TempDir Path folder;

  private Path write(String... rows) throws IOException {
    Files.writeString(folder.resolve("mt_bench_questions.jsonl"), String.join("\n", rows) + "\n");
    return folder;
  }

  private static String row(int id, String category, String turns) {
    return "{\"question_id\": %d, \"category\": \"%s\", \"turns\": %s}"
        .formatted(id, category, turns);
  }

  private void writeReferences(String... rows) throws IOException {
    Path file = folder.resolve("reference_answer/gpt-4.jsonl");
    Files.createDirectories(file.getParent());
    Files.writeString(file, String.join("\n", rows));
  }

  private static List<AnsweredQuestion> answers(List<ItemResult> results) {
    return results.stream()
        .flatMap(result -> result.samples().stream())
        .flatMap(sample -> sample.answer().stream())
        .toList();
  }

  /** Nonsense about second turns. */
  private static String eightForFirstTurns(String prompt) {
    return prompt.contains("Conversation") ? "I cannot say." : "Good. Rating: [[8]]";
  }

  @Test
  void shouldAskTheSecondTurnAfterTheFirstWithItsAnswer() throws IOException {
    write(row(1, "writing", "[\"Name a bird.\", \"And its colour?\"]"));
    JudgedRun run =
        new JudgedRun(
            prompt -> prompt.contains("colour") ? "Black." : "  A blackbird. ", prompt -> "[[9]]");
    List<ItemResult> results = run.run(TASK, OPTIONS, folder);
    assertThat(run.asked)
        .containsExactly(
            "<user> Name a bird. <assistant>",
            "<user> Name a bird. <assistant> A blackbird. <user> And its colour? <assistant>");
    assertThat(run.judged).hasSize(2);
    assertThat(run.judged.getLast())
        .startsWith("<system> Please act as an impartial judge")
        .contains("### User: Name a bird. ### Assistant A: A blackbird. ### User: And its colour?");
    assertThat(run.judge().passes).as("both turns in one call").isEqualTo(1);
    assertThat(answers(results))
        .extracting(
            AnsweredQuestion::question, AnsweredQuestion::answer, AnsweredQuestion::judgments)
        .containsExactly(
            tuple("Name a bird.", "  A blackbird. ", List.of("[[9]]")),
            tuple("And its colour?", "Black.", List.of("[[9]]")));
  }

  @Test
  void shouldAverageRatingsAndCountWhatGivesNone() throws IOException {
    write(row(1, "writing", "[\"One?\", \"Two?\"]"), row(2, "stem", "[\"Three?\"]"));
    List<ItemResult> results =
        new JudgedRun(prompt -> "An answer.", MtBenchTest::eightForFirstTurns)
            .run(TASK, OPTIONS, folder);
    assertThat(JudgedRun.figure(TASK, results, "score").orElseThrow())
        .satisfies(
            score -> {
              assertThat(score.value()).isEqualTo(8);
              assertThat(score.n()).isEqualTo(2);
              assertThat(score.clusters()).isEqualTo(2);
            });
    assertThat(JudgedRun.figures(TASK, results))
        .containsEntry("turn_1_score", 8.0)
        .containsEntry("parse_failures", 1.0 / 3)
        .doesNotContainKey("turn_2_score");
    assertThat(TASK.info().headline().text(8)).isEqualTo("8.000");
  }

  @Test
  void shouldShowScoresByCategoryInTheOrderOfThePaper() throws IOException {
    write(
        row(1, "humanities", "[\"One?\"]"),
        row(2, "writing", "[\"Two?\"]"),
        row(3, "gardening", "[\"Three?\"]"));
    List<ItemResult> results =
        new JudgedRun(prompt -> prompt, prompt -> prompt.contains("Two") ? "[[3]]" : "[[5]]")
            .run(TASK, OPTIONS, folder);
    assertThat(
            ResultRows.of(TASK.info(), results).stream()
                .filter(row -> row.slice().isPresent())
                .map(row -> row.slice().orElseThrow().label() + " " + row.estimate().value()))
        .containsExactly("writing 3.0", "humanities 5.0", "gardening 5.0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"no number", "[[0]]", "[[11]]", "[[07]]", "", "[[seven]]", "[[1e1]]"})
  void shouldHaveNoScoreWhereNoJudgmentHasOne(String judgment) throws IOException {
    write(row(1, "writing", "[\"One?\", \"Two?\"]"));
    List<ItemResult> results =
        new JudgedRun(prompt -> "An answer.", prompt -> judgment).run(TASK, OPTIONS, folder);
    assertThat(JudgedRun.figures(TASK, results)).containsOnlyKeys("parse_failures");
    assertThat(JudgedRun.figures(TASK, results)).containsEntry("parse_failures", 1.0);
    assertThat(answers(results).getFirst().judgments()).containsExactly(judgment);
  }

  @Test
  void shouldJudgeEmptyAnswersAndUnusualText() throws IOException {
    String turn = "\u202e\u05d0 \ud83d\ude00 {answer} $1";
    write(row(1, "writing", "[\"" + turn + "\"]"));
    JudgedRun run = new JudgedRun(prompt -> "", prompt -> "[[1]]");
    List<ItemResult> results = run.run(TASK, OPTIONS, folder);
    assertThat(JudgedRun.figures(TASK, results)).containsEntry("score", 1.0);
    assertThat(run.judged.getFirst())
        .contains("[Question] " + turn + " [The Start of Assistant's Answer] [The End");
    assertThat(answers(results).getFirst().question()).isEqualTo(turn);
  }

  @Test
  void shouldGiveTheJudgeReferenceAnswersWhereTheCategoryNeedsThem() throws IOException {
    write(row(1, "math", "[\"1 + 1?\", \"2 + 2?\"]"), row(2, "writing", "[\"A poem.\"]"));
    writeReferences(
        "{\"question_id\": 1, \"choices\": [{\"turns\": [\"It is 2.\", \"It is 4.\"]}]}");
    JudgedRun run = new JudgedRun(prompt -> "5", prompt -> "[[1]]");
    List<ItemResult> results = run.run(TASK, OPTIONS, folder);
    assertThat(run.judged.get(0)).contains("A poem.").doesNotContain("Reference");
    assertThat(run.judged.get(1))
        .contains("[The Start of Reference Answer] It is 2. [The End of Reference Answer]");
    assertThat(run.judged.get(2)).contains("### Reference answer: It is 4.");
    assertThat(answers(results).get(1).expected()).containsExactly("It is 4.");
    assertThat(JudgedRun.plan(TASK, OPTIONS, folder))
        .satisfies(
            plan -> {
              assertThat(plan.notes()).isEmpty();
              assertThat(plan.isJudged()).isTrue();
              assertThat(plan.inputs())
                  .containsOnlyKeys("MT-Bench questions", "MT-Bench reference answers");
              assertThat(plan.settings())
                  .containsEntry("references", "gpt-4")
                  .containsEntry("decoding", "greedy");
            });
  }

  @Test
  void shouldSayThatItReadsTheQuestionFilesReferencesWhereThereAreNoOthers() throws IOException {
    write(
        "{\"question_id\": 1, \"category\": \"coding\", \"turns\": [\"One?\", \"Two?\"],"
            + " \"reference\": [\"Own.\", \"\"]}",
        "{\"question_id\": 2, \"category\": \"extraction\", \"turns\": [\"One?\"],"
            + " \"reference\": [\"Hint.\"]}",
        row(3, "coding", "[\"Three?\"]"));
    JudgedRun run = new JudgedRun(prompt -> "5", prompt -> "[[1]]");
    run.run(TASK, OPTIONS, folder);
    assertThat(run.judged.stream().filter(prompt -> prompt.contains("eference")))
        .singleElement()
        .asString()
        .contains("Reference Answer] Own. [");
    assertThat(run.judged).hasSize(4);
    assertThat(JudgedRun.plan(TASK, OPTIONS, folder).notes())
        .singleElement()
        .asString()
        .contains("reference_answer/gpt-4.jsonl", "not those of the original");
  }

  @Test
  void shouldRefuseReferencesThatLackAQuestion() throws IOException {
    write(row(1, "math", "[\"One?\", \"Two?\"]"));
    writeReferences("{\"question_id\": 1, \"choices\": [{\"turns\": [\"It is 2.\"]}]}");
    assertThatThrownBy(() -> new JudgedRun(p -> p, p -> p).run(TASK, OPTIONS, folder))
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll("questions.jsonl:1", "question_id 1", "math", "gpt-4.jsonl");
    writeReferences("{\"question_id\": 1, \"choices\": [{}]}");
    assertThatThrownBy(() -> new JudgedRun(p -> p, p -> p).run(TASK, OPTIONS, folder))
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll("gpt-4.jsonl:1", "choices");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{'question_id': 1, 'category': 'math'}; questions.jsonl:2: turns is missing",
        "{'question_id': 1, 'category': 'math', 'turns': []}; questions.jsonl:2: turns",
        "{'question_id': 1, 'category': 'math', 'turns': ['a', ' ']}; questions.jsonl:2: turns",
        "{'question_id': 1, 'category': 'math', 'turns': ['a', 2]}; questions.jsonl:2: turns",
        "{'question_id': 1, 'category': 'a', 'turns': ['a', 'b', 'c']}; questions.jsonl:2: turns",
        "{'question_id': 1, 'turns': ['a']}; questions.jsonl:2: category is missing",
        "{'question_id': 1, 'category': 5, 'turns': ['a']}; questions.jsonl:2: category",
        "{'category': 'math', 'turns': ['a']}; questions.jsonl:2: question_id is missing",
        "{'question_id': [], 'category': 'math', 'turns': ['a']}; questions.jsonl:2: question_id",
        "{'question_id': 7, 'category': 'math', 'turns': ['a']}; questions.jsonl:2: question_id 7",
        "['a']; questions.jsonl:2"
      },
      quoteCharacter = '#')
  void shouldNameFileLineAndFieldOfAWrongRow(String row, String words) throws IOException {
    write(row(7, "writing", "[\"One?\"]"), row.replace('\'', '"'));
    assertThatThrownBy(() -> new JudgedRun(p -> p, p -> p).run(TASK, OPTIONS, folder))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(words);
  }

  @Test
  void shouldRefuseAFileWithoutQuestionsAndSayWhatIsMissing() throws IOException {
    EvaluationInputs inputs = JudgedRun.inputs(folder);
    assertThat(TASK.missing(inputs, JudgedRun.settings(1)))
        .contains("its questions (mt_bench/question.jsonl in --data DIR)");
    write("");
    assertThat(TASK.missing(inputs, JudgedRun.settings(1))).isEmpty();
    assertThatThrownBy(() -> new JudgedRun(p -> p, p -> p).run(TASK, OPTIONS, folder))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("mt_bench_questions.jsonl has no question");
  }

  @Test
  void shouldReadNoMoreQuestionsThanTheLimit() throws IOException {
    write(row(1, "writing", "[\"One?\"]"), "no JSON");
    assertThat(
            TASK.plan(JudgedRun.inputs(folder), JudgedRun.settings(1), OPTIONS)
                .items()
                .apply(new TaskContext(new WordModel(p -> p))))
        .hasSize(1);
  }

  @Test
  void shouldPutTheSystemPromptIntoTheMessageWhereTheJudgeTakesNone() throws IOException {
    write(row(1, "writing", "[\"One?\", \"Two?\"]"));
    JudgedRun run = new JudgedRun(prompt -> "An answer.", prompt -> "[[5]]");
    List<ItemResult> results =
        run.judgedWith(new WithoutSystem(run.judge())).run(TASK, OPTIONS, folder);
    assertThat(JudgedRun.figures(TASK, results)).containsEntry("score", 5.0);
    assertThat(run.judged.getFirst())
        .startsWith("<user> [Instruction] Please act")
        .doesNotContain("You are a helpful assistant.");
    assertThat(run.judged.getLast())
        .startsWith("<user> [Instruction] Please act")
        .contains("[[5]]\". <|The Start of Assistant A's Conversation");
  }

  /** A chat template that refuses system prompts, as some do. */
  private record WithoutSystem(Prompts prompts) implements Prompts {
    @Override
    public Prompt of(List<Message> messages) {
      if (messages.getFirst().role() == Role.SYSTEM) {
        throw new UserError("Conversation roles must alternate.");
      }
      return prompts.of(messages);
    }

    @Override
    public Conversation conversation(List<Turn> turns) {
      return prompts.conversation(turns);
    }

    @Override
    public TokenSpans encode(String text) {
      return prompts.encode(text);
    }

    @Override
    public OptionalInt beginToken() {
      return prompts.beginToken();
    }

    @Override
    public OptionalInt endToken() {
      return prompts.endToken();
    }
  }
}
