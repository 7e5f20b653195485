package org.longpo.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.longpo.error.Nearest;
import org.longpo.error.UserError;

/**
 * The tasks of an evaluation.
 *
 * @param isNamed the user named them, so each must run; else those run whose inputs are there
 */
public record TaskSelection(List<Task<?>> tasks, boolean isNamed) {
  public TaskSelection {
    tasks = List.copyOf(tasks);
  }

  /**
   * @param known all tasks there are
   * @param names ids of the tasks to run; empty for all whose inputs are there
   * @throws UserError with the nearest name if there is no task of a name
   */
  public static TaskSelection of(List<Task<?>> known, List<String> names) {
    if (names.isEmpty()) {
      return new TaskSelection(known, false);
    }
    List<String> ids = known.stream().map(task -> task.info().id()).toList();
    for (String name : names) {
      if (!ids.contains(name)) {
        throw new UserError(
            "There is no task '%s'%s: the tasks are %s."
                .formatted(
                    name,
                    Nearest.to(name, ids).map(near -> " (did you mean '" + near + "'?)").orElse(""),
                    String.join(", ", ids)));
      }
    }
    return new TaskSelection(
        known.stream().filter(task -> names.contains(task.info().id())).toList(), true);
  }

  /** Those of one kind. */
  TaskSelection of(TaskInfo.Context context) {
    return new TaskSelection(
        tasks.stream().filter(task -> task.info().context() == context).toList(), isNamed);
  }

  /**
   * Plans the tasks, in the order of the registry.
   *
   * @throws UserError if a named task lacks an input, or no task is left
   */
  public List<PlannedTask> plan(EvaluationInputs inputs, EvaluationSettings settings) {
    List<PlannedTask> planned = planPossible(inputs, settings);
    if (planned.isEmpty()) {
      throw new UserError(
          "There is nothing to evaluate: "
              + tasks.stream()
                  .map(task -> task.info().id() + " needs " + need(task, inputs, settings))
                  .collect(Collectors.joining("; "))
              + ".");
    }
    return planned;
  }

  /**
   * As {@link #plan}, but there may be none.
   *
   * @throws UserError if a named task lacks an input
   */
  List<PlannedTask> planPossible(EvaluationInputs inputs, EvaluationSettings settings) {
    List<PlannedTask> planned = new ArrayList<>();
    for (Task<?> task : tasks) {
      Optional<String> missing = task.missing(inputs, settings);
      if (missing.isEmpty()) {
        planned.add(PlannedTask.of(task, inputs, settings));
      } else if (isNamed) {
        throw new UserError("The task %s needs %s.".formatted(task.info().id(), missing.get()));
      }
    }
    return planned;
  }

  private static String need(Task<?> task, EvaluationInputs inputs, EvaluationSettings settings) {
    return task.missing(inputs, settings).orElseThrow();
  }
}
