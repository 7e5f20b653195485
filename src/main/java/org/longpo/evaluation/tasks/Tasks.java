package org.longpo.evaluation.tasks;

import java.util.List;
import org.longpo.evaluation.Task;

/** All tasks there are, in the order in which they run and are shown. A new one is a line here. */
public final class Tasks {
  public static final List<Task<?>> ALL =
      List.of(new NeedleTask(), new HaystackQaTask(), new PassageQaTask(), new BitsPerByteTask());

  private Tasks() {}
}
