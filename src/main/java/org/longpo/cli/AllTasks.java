package org.longpo.cli;

import java.util.List;
import java.util.stream.Stream;
import org.longpo.evaluation.Task;
import org.longpo.evaluation.tasks.Tasks;
import org.longpo.tiny.village.VillageTasks;

/** The tasks that a user may name: those of {@code evaluation} and those of the tiny worlds. */
final class AllTasks {
  static final List<Task<?>> ALL =
      Stream.concat(Tasks.ALL.stream(), VillageTasks.ALL.stream()).toList();

  private AllTasks() {}
}
