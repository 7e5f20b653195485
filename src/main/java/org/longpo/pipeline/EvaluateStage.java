package org.longpo.pipeline;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.longpo.evaluation.ChatTokenizer;
import org.longpo.evaluation.EngineModel;
import org.longpo.evaluation.Evaluation;
import org.longpo.evaluation.EvaluationInputs;
import org.longpo.evaluation.EvaluationSettings;
import org.longpo.evaluation.PlannedTask;
import org.longpo.evaluation.Task;
import org.longpo.evaluation.TaskContext;
import org.longpo.evaluation.TaskResult;
import org.longpo.evaluation.TaskSelection;
import org.longpo.evaluation.TestedModel;
import org.longpo.evaluation.tasks.Tasks;
import org.longpo.files.AtomicFile;
import org.longpo.files.Json;
import org.longpo.files.ResumableLog;
import org.longpo.files.StageIdentity;
import org.longpo.model.ModelChoice;
import org.longpo.model.OpenModel;
import org.longpo.progress.Cancellation;
import org.longpo.progress.Progress;

/**
 * Evaluate: a model's figures, in {@code evaluation.json}, and every answer in a log for each task.
 *
 * <p>Each task has a log and an identity of its own: what is finished stays valid when tasks or
 * options of other tasks are added, and only what is missing is computed.
 */
public record EvaluateStage(ModelChoice model, EvaluationSettings settings, List<Task<?>> tasks) {
  /** All figures, written at the end. */
  public static final String RESULT_FILE = "evaluation.json";

  public EvaluateStage {
    tasks = List.copyOf(tasks);
  }

  /** With all tasks that there are. */
  public EvaluateStage(ModelChoice model, EvaluationSettings settings) {
    this(model, settings, Tasks.ALL);
  }

  /**
   * Checks memory and inputs for a run that begins.
   *
   * @throws org.longpo.error.UserError if they do not suffice
   */
  public void check(EvaluationInputs inputs, Progress progress, Cancellation cancellation) {
    try (EvaluationCheck check =
        EvaluationCheck.open(
            model, TaskSelection.of(tasks, settings.tasks()), inputs, progress, cancellation)) {
      check.requireMemory(settings);
      check.inputs().require(settings);
    }
  }

  /**
   * Evaluates into a folder, or goes on where an earlier run with the same model, inputs and
   * settings was stopped; it ends with the same bytes as an uninterrupted one. An {@link
   * EvaluationCheck} before its beginning finds out whether all contexts can be built.
   *
   * @throws org.longpo.error.UserError if there is nothing to run, an input does not suffice, or
   *     the folder holds results of one of the tasks from another model, input or setting
   * @throws org.longpo.progress.CancelledException if asked to stop between two passes
   */
  public Evaluation run(
      Path folder, EvaluationInputs inputs, Progress progress, Cancellation cancellation) {
    List<PlannedTask> planned = TaskSelection.of(tasks, settings.tasks()).plan(inputs, settings);
    try (OpenModel open = OpenModel.open(model)) {
      TestedModel tested =
          new EngineModel(
              open.model(), open.settings(), open.tokenizer(), open.prompts().reasoning());
      TaskContext context = new TaskContext(new ChatTokenizer(open.tokenizer(), open.prompts()));
      Evaluation evaluation =
          run(
              planned,
              new TaskRunner(tested, open.identity(), context, progress, cancellation),
              folder);
      evaluation.reasoning().warning().ifPresent(sentence -> progress.say("warning: " + sentence));
      return evaluation;
    }
  }

  /** Runs the tasks and writes the result. */
  Evaluation run(List<PlannedTask> planned, TaskRunner runner, Path folder) {
    for (PlannedTask task : planned) {
      // All of them before any work, and before any file changes.
      ResumableLog.verify(TaskLog.file(folder, task.info().id()), runner.identity(task));
    }
    List<TaskResult> results = new ArrayList<>(resultsOfOtherTasks(folder, planned, runner));
    for (PlannedTask task : planned) {
      results.add(runner.run(task, TaskLog.file(folder, task.info().id())));
    }
    List<String> order = tasks.stream().map(task -> task.info().id()).toList();
    results.sort(Comparator.comparingInt(result -> order.indexOf(result.task().id())));
    Evaluation evaluation = new Evaluation(Evaluation.FORMAT, runner.modelSha256(), results);
    AtomicFile.writeText(folder.resolve(RESULT_FILE), Json.pretty(evaluation));
    return evaluation;
  }

  /** Figures of the same model that an earlier run with other tasks left in the folder. */
  private static List<TaskResult> resultsOfOtherTasks(
      Path folder, List<PlannedTask> planned, TaskRunner runner) {
    Path file = folder.resolve(RESULT_FILE);
    if (!Files.exists(file)) {
      return List.of();
    }
    Evaluation earlier = Json.read(file, Evaluation.class);
    List<String> now = planned.stream().map(task -> task.info().id()).toList();
    return earlier.model().equals(runner.modelSha256())
        ? earlier.tasks().stream().filter(result -> !now.contains(result.task().id())).toList()
        : List.of();
  }

  /** The ids of the tasks of which a folder has results. */
  public static Set<String> begunTasks(Path folder, List<Task<?>> tasks) {
    return tasks.stream()
        .map(task -> task.info().id())
        .filter(id -> Files.exists(TaskLog.file(folder, id)))
        .collect(Collectors.toSet());
  }

  /**
   * The context lengths of an evaluation that a folder holds, from its tasks' logs; empty if no
   * task with lengths has begun.
   */
  public static List<Integer> begunLengths(Path folder, List<Task<?>> tasks) {
    for (Task<?> task : tasks) {
      List<Integer> lengths =
          ResumableLog.begunWith(TaskLog.file(folder, task.info().id())).stream()
              .map(StageIdentity::settings)
              .filter(settings -> settings.containsKey(EvaluationSettings.LENGTHS))
              .flatMap(settings -> settings.get(EvaluationSettings.LENGTHS).valueStream())
              .map(length -> length.asInt(0))
              .toList();
      if (!lengths.isEmpty()) {
        return lengths;
      }
    }
    return List.of();
  }
}
