package org.longpo.tiny.village;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.longpo.error.UserError;
import org.longpo.evaluation.EvaluationInputs;
import org.longpo.evaluation.EvaluationSettings;
import org.longpo.evaluation.ItemResult;
import org.longpo.evaluation.Sample;
import org.longpo.evaluation.Step;
import org.longpo.evaluation.Task;
import org.longpo.evaluation.TaskContext;
import org.longpo.evaluation.TaskItem;
import org.longpo.evaluation.WordModel;
import org.longpo.inference.TokenIds;
import org.longpo.inference.Written;
import org.longpo.settings.OptionRecords;
import org.longpo.text.Reasoning;

class VillageTasksTest {
  private static final EvaluationInputs NONE =
      new EvaluationInputs(List.of(), List.of(), Optional.empty());

  private final WordModel words = new WordModel(prompt -> "");

  private List<TaskItem> items(Task<?> task, int length) {
    return items(task, EvaluationSettings.defaults(List.of(length)));
  }

  private <O extends Record> List<TaskItem> items(Task<O> task, EvaluationSettings settings) {
    O few = OptionRecords.of(task.options(), Map.of("village_questions", 3));
    return task.plan(NONE, settings, few).items().apply(new TaskContext(words));
  }

  @Test
  void shouldScoreRightAndWrongAnswers() {
    for (Task<?> task : VillageTasks.ALL) {
      for (TaskItem item : items(task, 400)) {
        assertThat(score(item, true)).as(task.info().id()).isEqualTo(1);
        assertThat(score(item, false)).as(task.info().id()).isZero();
      }
    }
  }

  /** Answers with the references, or with none of them. */
  private double score(TaskItem item, boolean right) {
    List<String> references = sample(item, "").answer().orElseThrow().expected();
    String answer = references.size() == 1 ? references.getFirst() : String.join(" ", references);
    return requireNonNull(sample(item, right ? answer : "I do not know.").values().get("score"));
  }

  private Sample sample(TaskItem item, String answer) {
    Step.Write write = (Step.Write) item.begin().get();
    Written written = new Written(answer, answer, TokenIds.sampled(0), true, Reasoning.NONE, 1);
    ItemResult result = ((Step.Done) write.then().apply(List.of(written))).result();
    return result.samples().getFirst();
  }

  @Test
  void shouldFillTheLengthWithRoomForTheAnswer() {
    for (Task<?> task : VillageTasks.ALL) {
      if (task.groups().contains("village-texts")) {
        for (TaskItem item : items(task, 500)) {
          int tokens = ((Step.Write) item.begin().get()).prompts().getFirst().length();
          // A text of one sentence more has other sentences: its length scatters by a few of them.
          assertThat(tokens).as(task.info().id()).isBetween(500 - 32 - 60, 500 - 32);
        }
      }
    }
  }

  @Test
  void shouldAskTheSameForTheSameSeed() {
    for (Task<?> task : VillageTasks.ALL) {
      assertThat(prompts(task)).isEqualTo(prompts(task)).doesNotHaveDuplicates();
    }
  }

  private List<String> prompts(Task<?> task) {
    return items(task, 300).stream()
        .map(item -> words.text(((Step.Write) item.begin().get()).prompts().getFirst().tokens()))
        .toList();
  }

  @Test
  void shouldRefuseALengthWithoutRoom() {
    Task<?> task = VillageTasks.ALL.getFirst();
    TaskItem item = items(task, 40).getFirst();
    assertThatThrownBy(() -> item.check().run())
        .isInstanceOf(UserError.class)
        .hasMessageContaining("40 tokens is too short for village-code-alone");
  }

  @Test
  void shouldHaveATaskForEveryKindAndSkill() {
    assertThat(VillageTasks.ALL.stream().map(task -> task.info().id()))
        .doesNotHaveDuplicates()
        .hasSize(1 + QuestionKinds.ALL.size() + ShortSkills.ALL.size());
  }
}
