package org.longpo.evaluation.tasks.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.error.UserError;
import org.longpo.evaluation.EvaluationInputs;
import org.longpo.evaluation.InputCheck;
import org.longpo.evaluation.ItemBatch;
import org.longpo.evaluation.Sample;
import org.longpo.evaluation.Slice;
import org.longpo.evaluation.TaskContext;
import org.longpo.evaluation.TaskItem;
import org.longpo.evaluation.TaskPlan;
import org.longpo.evaluation.TaskSelection;
import org.longpo.evaluation.WordModel;
import org.longpo.progress.Cancellation;
import org.longpo.progress.Progress;

/** Which rows of which files are asked, and which stand solved before them. */
class ChoiceDataTest {
  @TempDir Path data;

  private Path write(String name, String content) throws IOException {
    Path file = data.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }

  /** Rows of PIQA whose goals are numbers. */
  private static String piqa(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(
            i ->
                "{\"goal\": \"g%d\", \"sol1\": \"a\", \"sol2\": \"b\", \"label\": 0}%n"
                    .formatted(i))
        .collect(Collectors.joining());
  }

  private TaskPlan plan(String task, int shots) {
    return plan(task, shots, Optional.empty());
  }

  private TaskPlan plan(String task, int shots, Optional<Integer> limit) {
    return ChoiceTests.plan(ChoiceTests.task(task), data, shots, /* chat= */ false, limit);
  }

  private static List<TaskItem> items(TaskPlan plan, WordModel words) {
    return plan.items().apply(new TaskContext(words));
  }

  private List<String> asked(TaskPlan plan) {
    WordModel words = new WordModel(prompt -> "");
    return ItemBatch.run(words.model(), items(plan, words)).stream()
        .map(result -> result.samples().getFirst().answer().orElseThrow().question())
        .toList();
  }

  @Test
  void shouldTakeShotsFromTheirOwnSplit() throws IOException {
    write("piqa/validation.jsonl", piqa(0, 3));
    write("piqa/train.jsonl", piqa(10, 12));
    TaskPlan plan = plan("piqa", 2);
    assertThat(asked(plan)).containsExactly("g0", "g1", "g2");
    assertThat(plan.settings()).containsEntry("shots_from", "the first rows of piqa/train.jsonl");
    assertThat(plan.inputs()).containsOnlyKeys("questions", "shots");
  }

  @Test
  void shouldNotAskTheFirstRowsWhereTheyAreTheShots() throws IOException {
    write("piqa.jsonl", piqa(0, 5));
    TaskPlan plan = plan("piqa", 2);
    assertThat(asked(plan)).containsExactly("g2", "g3", "g4");
    assertThat(plan.settings())
        .containsEntry("shots_from", "the first rows of piqa.jsonl, not asked");
    assertThat(plan.inputs()).containsOnlyKeys("questions");
    assertThat(asked(plan("piqa", 0))).hasSize(5);
    assertThat(plan("piqa", 0).settings()).containsEntry("shots_from", "none");
  }

  @Test
  void shouldAskTheFirstQuestionsUpToTheLimit() throws IOException {
    write("piqa.jsonl", piqa(0, 5));
    TaskPlan plan = plan("piqa", 2, Optional.of(2));
    assertThat(asked(plan)).containsExactly("g2", "g3");
    assertThat(plan.settings()).containsEntry("limit", 2);
  }

  @Test
  void shouldRefuseMoreShotsThanThereAreRows() throws IOException {
    Path file = write("piqa.jsonl", piqa(0, 5));
    assertThatThrownBy(() -> plan("piqa", 5))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(
            file + " has 5 rows and piqa_shots is 5, which leaves no question: lower it");
    Path train = write("piqa/train.jsonl", piqa(0, 4));
    assertThatThrownBy(() -> plan("piqa", 5))
        .isInstanceOf(UserError.class)
        .hasMessage(train + " has 4 rows and piqa_shots is 5: lower it, or give more rows.");
  }

  private static final String ANATOMY =
      """
      question,choice0,choice1,choice2,choice3,answer
      "Which is
      long?",arm,"a, b","a ""c""\",d,1
      """;

  private static final String ANATOMY_AS_ITS_AUTHORS_WRITE_IT =
      """
      "Which is
      long?",arm,"a, b","a ""c""\",d,B
      """;

  @Test
  void shouldReadSubjectsFromFileNamesAndCsvWithAndWithoutHeader() throws IOException {
    write("mmlu/test/anatomy_test.csv", ANATOMY);
    write("mmlu/dev/anatomy_dev.csv", ANATOMY_AS_ITS_AUTHORS_WRITE_IT);
    ChoiceData.Subset subset =
        ChoiceData.read(
                new ChoiceLayout(
                    "mmlu",
                    List.of("test"),
                    "dev",
                    true,
                    List.of("question", "choice0", "choice1", "choice2", "choice3", "answer")),
                ChoiceTests.inputs(data).data(),
                1,
                "mmlu_shots")
            .subsets()
            .getFirst();
    assertThat(subset.subject()).isEqualTo("anatomy");
    MmluTask task = new MmluTask();
    ChoiceQuestion solved = task.question(subset.shots().getFirst());
    ChoiceQuestion asked = task.question(subset.questions().getFirst());
    assertThat(solved.options()).isEqualTo(asked.options());
    assertThat(solved.gold()).isEqualTo(asked.gold()).isEqualTo(1);
    assertThat(asked.text()).isEqualTo("Which is\nlong?\nA. arm\nB. a, b\nC. a \"c\"\nD. d");
    assertThat(asked.where()).isEqualTo(data.resolve("mmlu/test/anatomy_test.csv") + ":2");
  }

  @Test
  void shouldTellHowLongTheLongestInputIs() throws IOException {
    write("piqa.jsonl", piqa(0, 2).replace("\"b\"", "\"one two three\""));
    WordModel words = new WordModel(prompt -> "");
    InputCheck check =
        new InputCheck(
            new TaskContext(words),
            TaskSelection.of(List.of(ChoiceTests.task("piqa")), List.of()),
            ChoiceTests.inputs(data),
            Progress.NONE,
            Cancellation.NEVER);
    check.require(ChoiceTests.settings(Optional.empty()), Set.of());
    // "Question: g0 Answer:" and the longer option.
    assertThat(check.longest()).isEqualTo(3 + 3);
  }

  @Test
  void shouldSliceBySubject() {
    TaskPlan plan =
        ChoiceTests.plan(new MmluTask(), ChoiceTests.DATA, 2, /* chat= */ false, Optional.of(1));
    WordModel words = new WordModel(prompt -> "");
    List<Sample> samples =
        ItemBatch.run(words.model(), items(plan, words)).stream()
            .flatMap(result -> result.samples().stream())
            .toList();
    assertThat(samples)
        .extracting(sample -> sample.slice().orElseThrow())
        .containsExactly(
            new Slice("subject", 0, "harbour rules"), new Slice("subject", 1, "kitchen"));
    assertThat(samples.getFirst().answer().orElseThrow().expected()).containsExactly("B");
    assertThat(samples).extracting(Sample::promptSha256).doesNotHaveDuplicates();
  }

  @Test
  void shouldReadShotsOnceForAllQuestionsOfASubject() {
    TaskPlan plan =
        ChoiceTests.plan(new MmluTask(), ChoiceTests.DATA, 3, /* chat= */ false, Optional.empty());
    WordModel words = new WordModel(prompt -> "");
    List<TaskItem> items = items(plan, words);
    List<Long> read =
        ItemBatch.run(words.model(), items).stream().map(result -> result.modelTokens()).toList();
    // Only the first question of each subject reads the shots.
    assertThat(read.getFirst()).isGreaterThan(60);
    assertThat(read.get(6)).isGreaterThan(60);
    assertThat(read.subList(1, 6)).allMatch(tokens -> tokens < 30);
  }

  @Test
  void shouldNameRowsWithoutASubject() throws IOException {
    Path file =
        write(
            "mmlu.jsonl",
            "\n{\"question\": \"q\", \"choices\": [\"a\", \"b\", \"c\", \"d\"], \"answer\": 0}\n");
    assertThatThrownBy(() -> plan("mmlu", 0))
        .isInstanceOf(UserError.class)
        .hasMessage(
            file + ":2: the field subject is missing; the fields are question, choices, answer.");
  }

  @Test
  void shouldNameSubjectsWithoutShots() throws IOException {
    write("mmlu/test/anatomy_test.csv", ANATOMY);
    write("mmlu/dev/botany_dev.csv", ANATOMY);
    assertThatThrownBy(() -> plan("mmlu", 1))
        .isInstanceOf(UserError.class)
        .hasMessage(
            data.resolve("mmlu/dev")
                + " has 0 rows about anatomy and mmlu_shots is 1: lower it, or give more rows.");
  }

  @Test
  void shouldNameWhatIsNoRow() throws IOException {
    Path file = write("mmlu/test/anatomy.csv", ANATOMY + "one,two\n");
    assertThatThrownBy(() -> plan("mmlu", 0))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(file + ":4: the row has 2 cells, expected 6: question, choice0");
    write("mmlu/test/anatomy.csv", ANATOMY + "\"open,two\n");
    assertThatThrownBy(() -> plan("mmlu", 0))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(file + ":4: this is no CSV: ");
    Path lines = write("piqa.jsonl", piqa(0, 1) + "[1]\n");
    assertThatThrownBy(() -> plan("piqa", 0))
        .isInstanceOf(UserError.class)
        .hasMessage(lines + ":2: no JSON object; every row must be one.");
    write("piqa.jsonl", "\n");
    assertThatThrownBy(() -> plan("piqa", 0))
        .isInstanceOf(UserError.class)
        .hasMessage(lines + " has no row; give a file with at least one.");
    Path empty = Files.createDirectories(data.resolve("piqa/validation"));
    assertThatThrownBy(() -> plan("piqa", 0))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(empty + " has no file of JSON Lines");
  }

  @Test
  void shouldSayWhatIsMissing() {
    EvaluationInputs inputs = ChoiceTests.inputs(data);
    assertThat(
            ChoiceTests.task("arc_challenge")
                .missing(inputs, ChoiceTests.settings(Optional.empty())))
        .contains(
            "its questions (arc_challenge.jsonl, or arc_challenge/{test, train}.jsonl; or .csv in"
                + " --data DIR)");
    assertThat(
            ChoiceTests.task("arc_challenge")
                .missing(
                    ChoiceTests.inputs(ChoiceTests.DATA), ChoiceTests.settings(Optional.empty())))
        .isEmpty();
  }
}
