package org.longpo.evaluation.tasks.choice;

import java.util.List;
import org.longpo.evaluation.TaskInfo;
import org.longpo.settings.Option;
import org.longpo.settings.OptionChecks;
import org.longpo.settings.Range;
import org.longpo.settings.Section;
import org.longpo.text.WhiteSpace;

/**
 * Massive Multitask Language Understanding (Hendrycks et al. 2021, arXiv:2009.03300), as
 * lm_eval/tasks/mmlu/default: the letters of four options are compared, after shots of the same
 * subject. The figure over all subjects is the mean over questions ({@code weight_by_size}).
 *
 * <p>Rows have {@code question}, {@code choices} and {@code answer}, and {@code subject} unless the
 * file's name says it ({@code anatomy_test.csv}). In CSV files the options are {@code choice0} to
 * {@code choice3}, or there is no header, as in the authors' files. An answer is a letter or an
 * index.
 */
public final class MmluTask extends ChoiceTask<MmluTask.Options> {
  /**
   * @param shots solved questions before each
   * @param chatTemplate whether questions are a user's messages
   */
  @Section("Evaluation")
  public record Options(
      @Option(
              name = "mmlu_shots",
              defaultValue = "5",
              meaning = "Solved questions before each of MMLU.")
          @Range(from = 0)
          int shots,
      @ChoiceChatTemplate boolean chatTemplate)
      implements ChoiceTask.Options {
    public Options {
      OptionChecks.require(Options.class, shots, chatTemplate);
    }
  }

  private static final List<String> LETTERS = List.of("A", "B", "C", "D");

  public MmluTask() {
    super(
        new TaskInfo(
            "mmlu",
            /* version= */ 1,
            "MMLU",
            "Right answers to questions of 57 subjects",
            TaskInfo.Context.SHORT,
            UNITS,
            List.of(ACC)),
        Options.class,
        new ChoiceLayout(
            "mmlu",
            List.of("test"),
            "dev",
            /* hasSubjects= */ true,
            List.of("question", "choice0", "choice1", "choice2", "choice3", "answer")));
  }

  @Override
  String description(String subject) {
    return "The following are multiple choice questions (with answers) about %s.\n\n"
        .formatted(subject.replace('_', ' '));
  }

  @Override
  ChoiceQuestion question(ChoiceRow row) {
    String question = WhiteSpace.strip(row.text("question"));
    List<String> choices = row.texts("choices", "choice");
    if (choices.size() != LETTERS.size()) {
      throw row.error("expected four options, but found %d.".formatted(choices.size()));
    }
    StringBuilder text = new StringBuilder(question);
    for (int i = 0; i < LETTERS.size(); i++) {
      text.append("\n").append(LETTERS.get(i)).append(". ").append(choices.get(i));
    }
    String prompt = text + "\nAnswer:";
    return ChoiceQuestion.of(
        row,
        text.toString(),
        LETTERS.stream().map(letter -> ChoiceQuestion.Option.of(prompt, letter)).toList(),
        gold(row));
  }

  private static int gold(ChoiceRow row) {
    String answer = row.word("answer");
    return answer.matches("[0-9]+") ? row.index("answer") : row.index(answer, LETTERS, "answer");
  }
}
