package org.longpo.evaluation.tasks;

import java.util.List;
import org.longpo.evaluation.Task;

/** Tasks for tests that count items or name tasks: a new task changes none of them. */
public final class TestTasks {
  public static final List<Task<?>> FOUR =
      List.of(new NeedleTask(), new HaystackQaTask(), new PassageQaTask(), new BitsPerByteTask());

  private TestTasks() {}
}
