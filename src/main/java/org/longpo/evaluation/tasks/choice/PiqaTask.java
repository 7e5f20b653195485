package org.longpo.evaluation.tasks.choice;

import java.util.List;
import org.longpo.evaluation.TaskInfo;
import org.longpo.settings.Option;
import org.longpo.settings.OptionChecks;
import org.longpo.settings.Range;
import org.longpo.settings.Section;

/**
 * Physical Interaction: Question Answering (Bisk et al. 2020, arXiv:1911.11641), as
 * lm_eval/tasks/piqa/piqa.yaml.
 *
 * <p>Rows have {@code goal}, {@code sol1}, {@code sol2} and {@code label}, 0 or 1; or they are
 * {@link FoundryRow}s.
 */
public final class PiqaTask extends ChoiceTask<PiqaTask.Options> {
  /**
   * @param shots solved questions before each
   * @param chatTemplate whether questions are a user's messages
   */
  @Section("Evaluation")
  public record Options(
      @Option(
              name = "piqa_shots",
              defaultValue = "0",
              meaning = "Solved questions before each of PIQA.")
          @Range(from = 0)
          int shots,
      @ChoiceChatTemplate boolean chatTemplate)
      implements ChoiceTask.Options {
    public Options {
      OptionChecks.require(Options.class, shots, chatTemplate);
    }
  }

  private static final String ANSWER = "\nAnswer:";

  public PiqaTask() {
    super(
        new TaskInfo(
            "piqa",
            /* version= */ 1,
            "PIQA",
            "Right ways to reach an everyday goal",
            TaskInfo.Context.SHORT,
            UNITS,
            List.of(ACC, ACC_NORM)),
        Options.class,
        new ChoiceLayout(
            "piqa",
            List.of("validation", "test"),
            "train",
            /* hasSubjects= */ false,
            /* columns= */ List.of()));
  }

  /** It is not in LongPO's paper. */
  @Override
  public List<String> groups() {
    return List.of("short");
  }

  @Override
  ChoiceQuestion question(ChoiceRow row) {
    if (FoundryRow.hasQuery(row)) {
      return FoundryRow.query(row, ANSWER);
    }
    String goal = row.text("goal");
    return ChoiceQuestion.of(
        row,
        goal,
        "Question: " + goal + ANSWER,
        List.of(row.text("sol1"), row.text("sol2")),
        row.index("label"));
  }
}
