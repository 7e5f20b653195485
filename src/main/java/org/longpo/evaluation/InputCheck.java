package org.longpo.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.longpo.progress.Cancellation;
import org.longpo.progress.Progress;

/**
 * Finds out, without weights, whether the inputs suffice for evaluations with different settings.
 * Work that does not depend on the settings, such as cutting all texts into tokens, is done once.
 */
public final class InputCheck {
  private final TaskContext context;
  private final TaskSelection tasks;
  private final EvaluationInputs inputs;
  private final Progress progress;
  private final Cancellation cancellation;

  public InputCheck(
      TaskContext context,
      TaskSelection tasks,
      EvaluationInputs inputs,
      Progress progress,
      Cancellation cancellation) {
    this.context = context;
    this.tasks = tasks;
    this.inputs = inputs;
    this.progress = progress;
    this.cancellation = cancellation;
  }

  /** Whether there are tasks whose results are shown by length. */
  public boolean hasLongContexts() {
    return !tasks.byLength().tasks().isEmpty();
  }

  /**
   * Checks everything but tasks that were checked before.
   *
   * @param checkedTasks their ids
   * @throws org.longpo.error.UserError if there is nothing to run or an input does not suffice
   */
  public void require(EvaluationSettings settings, Set<String> checkedTasks) {
    check(remaining(settings, checkedTasks));
  }

  /**
   * The tasks that will run and were not checked before.
   *
   * @throws org.longpo.error.UserError if there is nothing to run
   */
  public List<PlannedTask> remaining(EvaluationSettings settings, Set<String> checkedTasks) {
    return tasks.plan(inputs, settings).stream()
        .filter(planned -> !checkedTasks.contains(planned.info().id()))
        .toList();
  }

  /**
   * Checks the tasks that are the same for all lengths.
   *
   * @throws org.longpo.error.UserError if an input does not suffice
   */
  public void requireWithoutLengths(EvaluationSettings settings) {
    check(tasks.withoutLength().planPossible(inputs, settings));
  }

  /**
   * Checks the contexts of the settings' lengths, and nothing that is the same for all lengths.
   *
   * @throws org.longpo.error.UserError if texts or questions do not suffice for one
   */
  public void requireLongContexts(EvaluationSettings settings) {
    check(tasks.byLength().planPossible(inputs, settings));
  }

  /** Tokens of the longest input of no set length among the checked ones; 0 where there is none. */
  public int longest() {
    return context.longest();
  }

  /** The longest first, as they are the likeliest to fail. */
  private void check(List<PlannedTask> planned) {
    List<TaskItem> items = new ArrayList<>();
    planned.forEach(task -> items.addAll(task.plan().items().apply(context)));
    try (Progress.Task work = progress.start("Checking the inputs", "passes", 0, items.size())) {
      for (TaskItem item : items.reversed()) {
        cancellation.throwIfRequested();
        item.check().run();
        work.advance(1, 0);
      }
    }
  }
}
