package org.longpo.pipeline;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.longpo.checkpoint.RopeOverride;
import org.longpo.engine.EngineOptions;
import org.longpo.evaluation.Evaluation;
import org.longpo.evaluation.EvaluationInputs;
import org.longpo.evaluation.EvaluationSettings;
import org.longpo.evaluation.PlannedTask;
import org.longpo.evaluation.Task;
import org.longpo.evaluation.TaskSelection;
import org.longpo.evaluation.tasks.TestTasks;
import org.longpo.model.ModelChoice;
import org.longpo.text.ChatSettings;

/** Evaluations of models that need no folder. */
final class TestEvaluation {
  private static final ModelChoice NONE =
      new ModelChoice(
          Path.of("none"),
          Optional.empty(),
          "cpu",
          RopeOverride.NONE,
          ChatSettings.NONE,
          EngineOptions.DEFAULTS);

  private TestEvaluation() {}

  static Evaluation of(
      EvaluationSettings settings, EvaluationInputs inputs, TaskRunner runner, Path folder) {
    return of(TestTasks.FOUR, settings, inputs, runner, folder);
  }

  static Evaluation of(
      List<Task<?>> tasks,
      EvaluationSettings settings,
      EvaluationInputs inputs,
      TaskRunner runner,
      Path folder) {
    return of(
        tasks,
        settings,
        TaskSelection.of(tasks, settings.tasks()).plan(inputs, settings),
        runner,
        folder);
  }

  static Evaluation of(
      List<Task<?>> tasks,
      EvaluationSettings settings,
      List<PlannedTask> planned,
      TaskRunner runner,
      Path folder) {
    return new EvaluateStage(NONE, settings, tasks).run(planned, runner, folder);
  }
}
