package org.longpo.evaluation.tasks.choice;

import java.util.List;
import org.longpo.evaluation.Task;

/** All tasks of questions with options. */
public final class ChoiceTasks {
  /** In the order in which they run and are shown. */
  public static final List<Task<?>> ALL =
      List.of(
          new MmluTask(),
          new ArcChallengeTask(),
          new HellaSwagTask(),
          new WinoGrandeTask(),
          new PiqaTask());

  private ChoiceTasks() {}
}
