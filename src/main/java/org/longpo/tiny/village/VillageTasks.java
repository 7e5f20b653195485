package org.longpo.tiny.village;

import java.util.List;
import java.util.stream.Stream;
import org.longpo.evaluation.Task;
import org.longpo.tiny.village.TextTask.Surroundings;
import org.longpo.tiny.village.questions.CodeQuestion;

/** A task for every kind of question and for every skill. */
public final class VillageTasks {
  public static final List<Task<?>> ALL =
      Stream.of(
              Stream.of(new TextTask(new CodeQuestion(), Surroundings.FILLER)),
              QuestionKinds.ALL.stream().map(kind -> new TextTask(kind, Surroundings.STATEMENTS)),
              ShortSkills.ALL.stream().map(SkillTask::new))
          .<Task<?>>flatMap(tasks -> tasks)
          .toList();

  private VillageTasks() {}
}
