package org.longpo.pipeline;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.longpo.error.UserError;
import org.longpo.evaluation.Evaluation;
import org.longpo.evaluation.EvaluationSettings;
import org.longpo.evaluation.PlannedTask;
import org.longpo.evaluation.Task;
import org.longpo.evaluation.TaskResult;
import org.longpo.files.AtomicFile;
import org.longpo.files.Json;
import org.longpo.files.ResumableLog;
import org.longpo.files.StageIdentity;

/**
 * The folder of one model's evaluation: a log for each task, and the figures of all tasks that are
 * finished.
 *
 * @param tasks all that there are, in the order of results
 */
record EvaluationFolder(Path path, List<Task<?>> tasks) {
  EvaluationFolder {
    tasks = List.copyOf(tasks);
  }

  private Path figures() {
    return path.resolve(EvaluateStage.RESULT_FILE);
  }

  /** The log of a task. */
  Path log(String task) {
    return path.resolve(task + ".jsonl");
  }

  /** The ids of the tasks that have begun. */
  Set<String> begunTasks() {
    return ids().stream().filter(id -> Files.exists(log(id))).collect(Collectors.toSet());
  }

  /** The context lengths that tasks have begun with; empty if no task with lengths has begun. */
  List<Integer> begunLengths() {
    for (String id : ids()) {
      List<Integer> lengths =
          ResumableLog.begunWith(log(id)).stream()
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

  /**
   * Makes sure, whatever tasks are planned, that nothing here is of another model, and that the
   * planned tasks have the same inputs as when they began.
   *
   * @throws UserError if not; it names the differences where they are known
   */
  void verify(List<PlannedTask> planned, TaskRunner runner) {
    for (PlannedTask task : planned) {
      ResumableLog.verify(log(task.info().id()), runner.identity(task));
    }
    StageIdentity model = runner.model().identity();
    for (String id : ids()) {
      ResumableLog.begunWith(log(id))
          .map(begun -> begun.restrictedTo(model).forStage(model.stage()))
          .ifPresent(begun -> model.requireSameAs(begun, log(id)));
    }
    readFigures()
        .filter(figures -> !figures.model().equals(runner.modelSha256()))
        .ifPresent(
            other -> {
              throw new UserError(
                  "%s holds the figures of another model (another fingerprint of weights, tokenizer and template); give another folder, or remove the file."
                      .formatted(figures()));
            });
  }

  /**
   * The figures that are there, by the ids of their tasks, without those of planned tasks that have
   * no log: these are evaluated again.
   *
   * @throws UserError if some are of another version of a task that is not planned
   */
  Map<String, TaskResult> finished(List<PlannedTask> planned) {
    Set<String> now =
        planned.stream().map(task -> task.info().id()).collect(Collectors.toUnmodifiableSet());
    Map<String, TaskResult> finished = new LinkedHashMap<>();
    for (TaskResult result : readFigures().map(Evaluation::tasks).orElse(List.of())) {
      String id = result.task().id();
      if (!now.contains(id)) {
        requireSameVersion(result);
        finished.put(id, result);
      } else if (Files.exists(log(id))) {
        finished.put(id, result);
      }
    }
    return finished;
  }

  private void requireSameVersion(TaskResult result) {
    for (Task<?> task : tasks) {
      if (task.info().id().equals(result.task().id())
          && task.info().version() != result.task().version()) {
        throw new UserError(
            "%s holds figures of version %d of the task %s, and this version of longpo has version %d; give another folder."
                .formatted(
                    figures(), result.task().version(), task.info().id(), task.info().version()));
      }
    }
  }

  /** Writes the figures of all tasks that are finished. */
  Evaluation write(String modelSha256, Map<String, TaskResult> finished) {
    List<String> order = ids();
    Evaluation evaluation =
        new Evaluation(
            Evaluation.FORMAT,
            modelSha256,
            finished.values().stream()
                .sorted(Comparator.comparingInt(result -> order.indexOf(result.task().id())))
                .toList());
    AtomicFile.writeText(figures(), Json.pretty(evaluation));
    return evaluation;
  }

  private Optional<Evaluation> readFigures() {
    return Files.exists(figures()) ? Optional.of(Evaluation.read(figures())) : Optional.empty();
  }

  private List<String> ids() {
    return tasks.stream().map(task -> task.info().id()).toList();
  }
}
