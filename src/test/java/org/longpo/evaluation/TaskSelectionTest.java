package org.longpo.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.error.UserError;
import org.longpo.evaluation.tasks.Tasks;

class TaskSelectionTest {
  private static final EvaluationSettings SETTINGS = EvaluationSettings.defaults(List.of());

  @TempDir Path data;

  private static List<String> ids(TaskSelection selection) {
    return selection.tasks().stream().map(task -> task.info().id()).toList();
  }

  private EvaluationInputs withPiqa() throws Exception {
    Files.writeString(
        data.resolve("piqa.jsonl"),
        "{\"goal\": \"g\", \"sol1\": \"a\", \"sol2\": \"b\", \"label\": 0}\n");
    return new EvaluationInputs(List.of(), List.of(), Optional.empty())
        .with(new BenchmarkData(Optional.of(data)));
  }

  @Test
  void shouldSelectAllTasksOfAGroup() {
    assertThat(ids(TaskSelection.of(Tasks.ALL, List.of("ruler")))).hasSize(13);
    assertThat(ids(TaskSelection.of(Tasks.ALL, List.of("niah", "vt")))).hasSize(9);
    assertThat(ids(TaskSelection.of(Tasks.ALL, List.of("infinitebench")))).hasSize(12);
    assertThat(ids(TaskSelection.of(Tasks.ALL, List.of("short"))))
        .containsExactly("mmlu", "arc-challenge", "hellaswag", "winogrande", "piqa");
    assertThat(ids(TaskSelection.of(Tasks.ALL, List.of("paper"))))
        .as("RULER, three of InfiniteBench, four short ones, two that are judged")
        .hasSize(13 + 3 + 4 + 2);
  }

  @Test
  void shouldLeaveTheGeneratedBenchmarksOutWhereNothingIsNamed() {
    assertThat(ids(TaskSelection.of(Tasks.ALL, List.of())))
        .contains("needle", "bits-per-byte")
        .doesNotContain("niah-single-1", "infinitebench-passkey");
  }

  @Test
  void shouldRunWhatCanRunOfAGroupAndSayWhatIsLeftOut() throws Exception {
    TaskSelection group = TaskSelection.of(Tasks.ALL, List.of("short"));
    assertThat(group.plan(withPiqa(), SETTINGS))
        .extracting(planned -> planned.info().id())
        .containsExactly("piqa");
    assertThat(group.unableToRun(withPiqa(), SETTINGS))
        .hasSize(4)
        .first()
        .asString()
        .startsWith("mmlu is left out: it needs its questions (mmlu.jsonl");
  }

  @Test
  void shouldRefuseATaskThatIsNamedItselfAndLacksItsInput() throws Exception {
    TaskSelection named = TaskSelection.of(Tasks.ALL, List.of("short", "mmlu"));
    EvaluationInputs inputs = withPiqa();
    assertThatThrownBy(() -> named.plan(inputs, SETTINGS))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("The task mmlu needs its questions");
  }

  @Test
  void shouldNameTheNearestGroup() {
    assertThatThrownBy(() -> TaskSelection.of(Tasks.ALL, List.of("rulers")))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "There is no task 'rulers' (did you mean 'ruler'?); longpo evaluate --list shows all.");
  }
}
