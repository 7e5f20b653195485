package org.longpo.evaluation.tasks;

import java.util.List;
import java.util.stream.Stream;
import org.longpo.evaluation.Task;
import org.longpo.evaluation.tasks.choice.ChoiceTasks;
import org.longpo.evaluation.tasks.infinitebench.InfiniteBenchTask;
import org.longpo.evaluation.tasks.judged.JudgedTasks;
import org.longpo.evaluation.tasks.longbench.LongBenchTask;
import org.longpo.evaluation.tasks.ruler.RulerTasks;

/** All tasks there are, in the order in which they run and are shown. A new one is a line here. */
public final class Tasks {
  public static final List<Task<?>> ALL =
      Stream.of(
              List.of(
                  new NeedleTask(),
                  new HaystackQaTask(),
                  new PassageQaTask(),
                  new BitsPerByteTask()),
              RulerTasks.ALL,
              InfiniteBenchTask.ALL,
              List.of(new LongBenchTask()),
              ChoiceTasks.ALL,
              JudgedTasks.ALL)
          .<Task<?>>flatMap(List::stream)
          .toList();

  private Tasks() {}
}
