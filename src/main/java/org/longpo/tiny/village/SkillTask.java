package org.longpo.tiny.village;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.longpo.evaluation.EvaluationInputs;
import org.longpo.evaluation.EvaluationSettings;
import org.longpo.evaluation.Seeds;
import org.longpo.evaluation.TaskContext;
import org.longpo.evaluation.TaskInfo;
import org.longpo.evaluation.TaskItem;
import org.longpo.evaluation.TaskPlan;

/** A skill without a text: what a model must not forget. */
final class SkillTask extends VillageTask {
  private final ShortSkill skill;
  private final TaskInfo info;

  SkillTask(ShortSkill skill) {
    this.skill = skill;
    info =
        new TaskInfo(
            "village-" + skill.id(),
            /* version= */ 1,
            "Village: " + skill.subject(),
            skill.subject(),
            TaskInfo.Context.SHORT,
            new TaskInfo.Units("tasks", "tasks"),
            metrics("right answers"));
  }

  @Override
  public TaskInfo info() {
    return info;
  }

  @Override
  public List<String> groups() {
    return List.of(GROUP, "village-skills");
  }

  @Override
  public Optional<String> missing(EvaluationInputs inputs, EvaluationSettings settings) {
    return Optional.empty();
  }

  @Override
  public TaskPlan plan(
      EvaluationInputs inputs, EvaluationSettings settings, VillageOptions options) {
    return new TaskPlan(
        Map.of(),
        settings.questionValues(),
        context ->
            IntStream.range(0, settings.limited(options.questions()))
                .mapToObj(index -> item(context, settings, index))
                .toList());
  }

  private TaskItem item(TaskContext context, EvaluationSettings settings, int index) {
    Question task = skill.draw(Seeds.random(settings.seed(), info.id(), index));
    Supplier<Asked> make = () -> new Asked(context.prompts().of(task.text()), task);
    return new TaskItem(
        /* length= */ 0,
        index,
        TaskItem.tokensOf(task.text()),
        () -> requireNonNull(make.get()),
        asking(make, settings.answerTokens(), /* length= */ 0, index));
  }
}
