package org.longpo.evaluation.tasks.choice;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.longpo.evaluation.TaskInfo;
import org.longpo.settings.Option;
import org.longpo.settings.OptionChecks;
import org.longpo.settings.Range;
import org.longpo.settings.Section;
import org.longpo.text.WhiteSpace;

/**
 * How a text goes on (Zellers et al. 2019, arXiv:1905.07830), as lm_eval/tasks/hellaswag. The
 * headline is {@code acc_norm}, as on the Open LLM Leaderboard, with 10 shots.
 *
 * <p>Rows have {@code activity_label}, {@code ctx_a}, {@code ctx_b}, {@code endings} and {@code
 * label}, and are cleaned as {@code preprocess} in lm_eval/tasks/hellaswag/utils.py does it; or
 * they are {@link FoundryRow}s, which come cleaned.
 */
public final class HellaSwagTask extends ChoiceTask<HellaSwagTask.Options> {
  /**
   * @param shots solved questions before each
   * @param chatTemplate whether questions are a user's messages
   */
  @Section("Evaluation")
  public record Options(
      @Option(
              name = "hellaswag_shots",
              defaultValue = "10",
              meaning = "Solved questions before each of HellaSwag.")
          @Range(from = 0)
          int shots,
      @ChoiceChatTemplate boolean chatTemplate)
      implements ChoiceTask.Options {
    public Options {
      OptionChecks.require(Options.class, shots, chatTemplate);
    }
  }

  /** As in Python, a dot is any character but a line feed. */
  private static final Pattern BRACKETS = Pattern.compile("\\[.*?]", Pattern.UNIX_LINES);

  public HellaSwagTask() {
    super(
        new TaskInfo(
            "hellaswag",
            /* version= */ 1,
            "HellaSwag",
            "Right endings of everyday texts",
            TaskInfo.Context.SHORT,
            UNITS,
            List.of(ACC_NORM, ACC)),
        Options.class,
        new ChoiceLayout(
            "hellaswag",
            List.of("validation", "test"),
            "train",
            /* hasSubjects= */ false,
            /* columns= */ List.of()));
  }

  @Override
  ChoiceQuestion question(ChoiceRow row) {
    if (FoundryRow.hasQuery(row)) {
      return FoundryRow.query(row, /* afterQuery= */ "");
    }
    String query =
        cleaned(
            row.text("activity_label")
                + ": "
                + row.text("ctx_a")
                + " "
                + capitalised(row.text("ctx_b")));
    return ChoiceQuestion.of(
        row,
        query,
        query,
        row.texts("endings", "ending").stream().map(HellaSwagTask::cleaned).toList(),
        row.index("label"));
  }

  /** Without the marks that the texts from WikiHow carry. */
  static String cleaned(String text) {
    String dotted = WhiteSpace.strip(text).replace(" [title]", ". ");
    return BRACKETS.matcher(dotted).replaceAll("").replace("  ", " ");
  }

  /** The first letter large, all others small, as Python's {@code str.capitalize}. */
  static String capitalised(String text) {
    if (text.isEmpty()) {
      return text;
    }
    int rest = text.offsetByCodePoints(0, 1);
    return Character.toString(Character.toTitleCase(text.codePointAt(0)))
        + text.substring(rest).toLowerCase(Locale.ROOT);
  }
}
