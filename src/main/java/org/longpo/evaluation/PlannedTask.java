package org.longpo.evaluation;

import java.util.List;
import java.util.Map;
import org.longpo.files.StageIdentity;
import org.longpo.settings.OptionRecords;

/**
 * A task that an evaluation runs, with its plan.
 *
 * @param conditions as {@link Task#conditions}
 */
public record PlannedTask(TaskInfo info, TaskPlan plan, List<String> conditions) {
  public PlannedTask {
    conditions = List.copyOf(conditions);
  }

  /** The task's own options are among what its results depend on, whatever they are. */
  static <O extends Record> PlannedTask of(
      Task<O> task, EvaluationInputs inputs, EvaluationSettings settings) {
    O options = settings.options().of(task);
    TaskPlan plan = task.plan(inputs, settings, options);
    return new PlannedTask(
        task.info(), plan.with(OptionRecords.deciding(options)), task.conditions(options));
  }

  /**
   * The same with this judge among what its results depend on, if they do.
   *
   * @param sha256 of all that decides judgments
   */
  public PlannedTask judgedBy(String sha256) {
    return new PlannedTask(info, plan.judgedBy(sha256), conditions);
  }

  /**
   * All that the task's results depend on, and nothing that only other tasks depend on.
   *
   * @param model identity of weights, tokenizer and template
   */
  public StageIdentity identity(StageIdentity model) {
    StageIdentity identity =
        model
            .forStage("evaluate")
            .withSetting("task", info.id())
            .withSetting("task version", info.version());
    for (Map.Entry<String, String> input : plan.inputs().entrySet()) {
      identity = identity.withContent(input.getKey(), input.getValue());
    }
    for (Map.Entry<String, Object> setting : plan.settings().entrySet()) {
      identity = identity.withSetting(setting.getKey(), setting.getValue());
    }
    return identity;
  }
}
