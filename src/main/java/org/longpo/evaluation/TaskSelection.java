package org.longpo.evaluation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.function.Predicate;
import org.longpo.error.Nearest;
import org.longpo.error.UserError;

/**
 * The tasks of an evaluation.
 *
 * @param names what the user asked for; a task that is named must run, others run where their
 *     inputs are there. Empty: nothing was asked for
 */
public record TaskSelection(List<Task<?>> tasks, List<String> names) {
  public TaskSelection {
    tasks = List.copyOf(tasks);
    names = List.copyOf(names);
  }

  /**
   * @param known all tasks there are
   * @param names ids of the tasks to run, or groups of tasks; empty for all whose inputs are there
   * @throws UserError with the nearest name if there is no task or group of a name
   */
  public static TaskSelection of(List<Task<?>> known, List<String> names) {
    if (names.isEmpty()) {
      return new TaskSelection(
          known.stream().filter(task -> !task.onlyWhenNamed()).toList(), names);
    }
    SequencedSet<String> all = names(known);
    for (String name : names) {
      if (!all.contains(name)) {
        throw new UserError(
            "There is no task '%s'%s; longpo evaluate --list shows all."
                .formatted(
                    name,
                    Nearest.to(name, all)
                        .map(near -> " (did you mean '" + near + "'?)")
                        .orElse("")));
      }
    }
    return new TaskSelection(
        known.stream()
            .filter(
                task ->
                    names.contains(task.info().id()) || !Collections.disjoint(names, task.groups()))
            .toList(),
        names);
  }

  /** The names that may be given: groups, and tasks by their ids. */
  public static SequencedSet<String> names(List<Task<?>> known) {
    SequencedSet<String> names = new LinkedHashSet<>();
    known.forEach(task -> names.addAll(task.groups()));
    known.forEach(task -> names.add(task.info().id()));
    return names;
  }

  /**
   * The names by which the tasks that an evaluation left out can be added: a group where it left
   * out all of it, and the ids of others.
   */
  public static SequencedSet<String> leftOut(List<Task<?>> known, Evaluation evaluation) {
    Set<String> begun = new HashSet<>();
    for (Task<?> task : known) {
      if (evaluation.task(task.info().id()).isPresent()) {
        begun.addAll(task.groups());
      }
    }
    SequencedSet<String> names = new LinkedHashSet<>();
    for (Task<?> task : known) {
      if (evaluation.task(task.info().id()).isEmpty()) {
        names.add(
            task.groups().stream()
                .findFirst()
                .filter(group -> !begun.contains(group))
                .orElse(task.info().id()));
      }
    }
    return names;
  }

  /** Those whose items depend on the lengths of contexts. */
  TaskSelection byLength() {
    return where(TaskSelection::isByLength);
  }

  /** Those whose items are the same for all lengths. */
  TaskSelection withoutLength() {
    return where(task -> !isByLength(task));
  }

  private static boolean isByLength(Task<?> task) {
    return task.info().context() == TaskInfo.Context.LONG;
  }

  private TaskSelection where(Predicate<Task<?>> isTaken) {
    return new TaskSelection(tasks.stream().filter(isTaken).toList(), names);
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
          "There is nothing to evaluate: no task has its inputs; give --documents, --qa or --data"
              + " (longpo evaluate --list shows what each task needs).");
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
      } else if (names.contains(task.info().id())) {
        throw new UserError("The task %s needs %s.".formatted(task.info().id(), missing.get()));
      }
    }
    return planned;
  }

  /** Sentences about the tasks of a named group that cannot run. */
  public List<String> unableToRun(EvaluationInputs inputs, EvaluationSettings settings) {
    if (names.isEmpty()) {
      return List.of();
    }
    return tasks.stream()
        .flatMap(
            task ->
                task.missing(inputs, settings).stream()
                    .map(need -> "%s is left out: it needs %s.".formatted(task.info().id(), need)))
        .toList();
  }
}
