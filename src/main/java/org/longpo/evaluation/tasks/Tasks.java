package org.longpo.evaluation.tasks;

import java.util.List;
import org.longpo.evaluation.Task;
import org.longpo.evaluation.tasks.choice.ArcChallengeTask;
import org.longpo.evaluation.tasks.choice.HellaSwagTask;
import org.longpo.evaluation.tasks.choice.MmluTask;
import org.longpo.evaluation.tasks.choice.PiqaTask;
import org.longpo.evaluation.tasks.choice.WinoGrandeTask;

/** All tasks there are, in the order in which they run and are shown. A new one is a line here. */
public final class Tasks {
  public static final List<Task<?>> ALL =
      List.of(
          new NeedleTask(),
          new HaystackQaTask(),
          new PassageQaTask(),
          new BitsPerByteTask(),
          new MmluTask(),
          new ArcChallengeTask(),
          new HellaSwagTask(),
          new WinoGrandeTask(),
          new PiqaTask());

  private Tasks() {}
}
