package org.longpo.evaluation.tasks.choice;

import java.util.List;
import org.longpo.evaluation.TaskInfo;
import org.longpo.settings.Option;
import org.longpo.settings.OptionChecks;
import org.longpo.settings.Range;
import org.longpo.settings.Section;

/**
 * The AI2 Reasoning Challenge's hard questions (Clark et al. 2018, arXiv:1803.05457), as
 * lm_eval/tasks/arc/arc_challenge.yaml. The headline is {@code acc_norm}, as on the Open LLM
 * Leaderboard, with 25 shots.
 *
 * <p>Rows have {@code question}, {@code choices} with {@code text} and {@code label}, and {@code
 * answerKey}, which is one of the labels, a letter or a number; or they are {@link FoundryRow}s.
 */
public final class ArcChallengeTask extends ChoiceTask<ArcChallengeTask.Options> {
  /**
   * @param shots solved questions before each
   * @param chatTemplate whether questions are a user's messages
   */
  @Section("Evaluation")
  public record Options(
      @Option(
              name = "arc_challenge_shots",
              defaultValue = "25",
              meaning = "Solved questions before each of ARC Challenge.")
          @Range(from = 0)
          int shots,
      @ChoiceChatTemplate boolean chatTemplate)
      implements ChoiceTask.Options {
    public Options {
      OptionChecks.require(Options.class, shots, chatTemplate);
    }
  }

  private static final String ANSWER = "\nAnswer:";

  public ArcChallengeTask() {
    super(
        new TaskInfo(
            "arc-challenge",
            /* version= */ 1,
            "ARC Challenge",
            "Right answers to questions of natural science",
            TaskInfo.Context.SHORT,
            UNITS,
            List.of(ACC_NORM, ACC)),
        Options.class,
        new ChoiceLayout(
            "arc_challenge",
            List.of("test", "validation"),
            "train",
            /* hasSubjects= */ false,
            /* columns= */ List.of()));
  }

  @Override
  ChoiceQuestion question(ChoiceRow row) {
    if (FoundryRow.hasQuery(row)) {
      return FoundryRow.query(row, ANSWER);
    }
    String question = row.text("question");
    return ChoiceQuestion.of(
        row,
        question,
        "Question: " + question + ANSWER,
        row.texts("choices.text"),
        row.index(row.word("answerKey"), row.texts("choices.label"), "answerKey"));
  }
}
