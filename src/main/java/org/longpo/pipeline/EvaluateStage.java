package org.longpo.pipeline;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.longpo.evaluation.BatchSize;
import org.longpo.evaluation.Evaluation;
import org.longpo.evaluation.EvaluationInputs;
import org.longpo.evaluation.EvaluationSettings;
import org.longpo.evaluation.PlannedTask;
import org.longpo.evaluation.Task;
import org.longpo.evaluation.TaskContext;
import org.longpo.evaluation.TaskResult;
import org.longpo.evaluation.TaskSelection;
import org.longpo.evaluation.tasks.Tasks;
import org.longpo.files.StageIdentity;
import org.longpo.inference.Model;
import org.longpo.model.ModelChoice;
import org.longpo.model.OpenModel;
import org.longpo.progress.Cancellation;
import org.longpo.progress.Progress;

/**
 * Evaluate: a model's figures, in {@code evaluation.json}, and every answer in a log for each task.
 *
 * <p>Each task has a log and an identity of its own: what is finished stays valid when tasks or
 * options of other tasks are added, and only what is missing is computed.
 *
 * @param tasks all that there are
 * @param judge the model that judges answers, where a task asks for it; empty: the model itself
 */
public record EvaluateStage(
    ModelChoice model,
    EvaluationSettings settings,
    List<Task<?>> tasks,
    Optional<ModelChoice> judge) {
  /** All figures, written whenever a task is finished. */
  public static final String RESULT_FILE = "evaluation.json";

  public EvaluateStage {
    tasks = List.copyOf(tasks);
    judge = judge.filter(other -> !other.equals(model));
  }

  /** A model that judges its own answers. */
  public EvaluateStage(ModelChoice model, EvaluationSettings settings, List<Task<?>> tasks) {
    this(model, settings, tasks, Optional.empty());
  }

  /** With all tasks that there are. */
  public EvaluateStage(
      ModelChoice model, EvaluationSettings settings, Optional<ModelChoice> judge) {
    this(model, settings, Tasks.ALL, judge);
  }

  /**
   * Checks memory and inputs for the tasks that have not begun in a folder.
   *
   * @throws org.longpo.error.UserError if they do not suffice
   */
  public void check(
      Path folder, EvaluationInputs inputs, Progress progress, Cancellation cancellation) {
    Set<String> begun = new EvaluationFolder(folder, tasks).begunTasks();
    try (EvaluationCheck check =
        EvaluationCheck.open(
            model,
            judge,
            TaskSelection.of(tasks, settings.tasks()),
            inputs,
            progress,
            cancellation)) {
      check.requireMemory(settings, begun);
      check.inputs().require(settings, begun);
    }
  }

  /**
   * Evaluates into a folder, or resumes where an earlier run with the same model, inputs and
   * settings was stopped; it ends with the same bytes as an uninterrupted one. An {@link
   * EvaluationCheck} before its beginning finds out whether all contexts can be built.
   *
   * @throws org.longpo.error.UserError if there is nothing to run, an input does not suffice, or
   *     the folder holds results of another model, or of one of the tasks from another input or
   *     setting
   * @throws org.longpo.progress.CancelledException if asked to stop between two passes
   */
  public Evaluation run(
      Path folder, EvaluationInputs inputs, Progress progress, Cancellation cancellation) {
    List<PlannedTask> planned = TaskSelection.of(tasks, settings.tasks()).plan(inputs, settings);
    boolean isJudged = planned.stream().anyMatch(task -> task.plan().isJudged());
    try (OpenModel open = OpenModel.open(model);
        OpenJudge judging = OpenJudge.open(open, judge.filter(other -> isJudged))) {
      sayFirst(planned, isJudged, progress);
      TaskContext context = new TaskContext(open.prompts(), judging.prompts());
      Evaluation evaluation =
          run(
              isJudged ? judgedBy(judging.sha256().get(), planned) : planned,
              new TaskRunner(
                  tested(open, judging), context, BatchSize.DEFAULT, progress, cancellation),
              folder);
      evaluation.reasoning().warning().ifPresent(sentence -> progress.say("warning: " + sentence));
      return evaluation;
    }
  }

  private static TestedModel tested(OpenModel open, OpenJudge judging) {
    StageIdentity identity = open.identity();
    return new TestedModel() {
      @Override
      public StageIdentity identity() {
        return identity;
      }

      @Override
      public int users(int parts, long tokens) {
        return open.workers(parts, tokens);
      }

      @Override
      public Model sharedBy(int users) {
        return new Model(open.writer(users), open.scorer(), judging.writer());
      }
    };
  }

  private void sayFirst(List<PlannedTask> planned, boolean isJudged, Progress progress) {
    planned.forEach(
        task -> task.plan().notes().forEach(note -> progress.say(task.info().id() + ": " + note)));
    if (isJudged && judge.isEmpty()) {
      progress.say(
          "The model judges its own answers: compare its scores only with those of models that it"
              + " has judged, too; --judge names another model as the judge.");
    }
  }

  private static List<PlannedTask> judgedBy(String sha256, List<PlannedTask> planned) {
    return planned.stream().map(task -> task.judgedBy(sha256)).toList();
  }

  /** Runs the tasks; the figures are written whenever one is finished. */
  Evaluation run(List<PlannedTask> planned, TaskRunner runner, Path path) {
    EvaluationFolder folder = new EvaluationFolder(path, tasks);
    // All of it before any work, and before any file changes.
    folder.verify(planned, runner);
    Map<String, TaskResult> finished = folder.finished(planned);
    for (PlannedTask task : planned) {
      String id = task.info().id();
      finished.put(id, runner.run(task, folder.log(id)));
      folder.write(runner.modelSha256(), finished);
    }
    return folder.write(runner.modelSha256(), finished);
  }

  /** The ids of the tasks that run with these inputs. */
  Set<String> plannedTasks(EvaluationInputs inputs) {
    return TaskSelection.of(tasks, settings.tasks()).plan(inputs, settings).stream()
        .map(task -> task.info().id())
        .collect(Collectors.toUnmodifiableSet());
  }
}
