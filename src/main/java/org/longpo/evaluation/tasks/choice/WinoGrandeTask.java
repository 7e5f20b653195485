package org.longpo.evaluation.tasks.choice;

import java.util.List;
import java.util.stream.Stream;
import org.longpo.evaluation.TaskInfo;
import org.longpo.settings.Option;
import org.longpo.settings.OptionChecks;
import org.longpo.settings.Range;
import org.longpo.settings.Section;
import org.longpo.text.WhiteSpace;

/**
 * Which of two names a sentence is about (Sakaguchi et al. 2020, arXiv:1907.10641), as
 * lm_eval/tasks/winogrande: what follows the gap is scored after the sentence up to it with either
 * name, so there is no length to divide by.
 *
 * <p>Rows have {@code sentence} with a gap "_", {@code option1}, {@code option2} and {@code
 * answer}, 1 or 2; or they are {@link FoundryRow}s with {@code context_options}.
 */
public final class WinoGrandeTask extends ChoiceTask<WinoGrandeTask.Options> {
  /**
   * @param shots solved questions before each
   * @param chatTemplate whether questions are a user's messages
   */
  @Section("Evaluation")
  public record Options(
      @Option(
              name = "winogrande_shots",
              defaultValue = "5",
              meaning = "Solved questions before each of WinoGrande.")
          @Range(from = 0)
          int shots,
      @ChoiceChatTemplate boolean chatTemplate)
      implements ChoiceTask.Options {
    public Options {
      OptionChecks.require(Options.class, shots, chatTemplate);
    }
  }

  private static final String GAP = "_";

  public WinoGrandeTask() {
    super(
        new TaskInfo(
            "winogrande",
            /* version= */ 1,
            "WinoGrande",
            "Right names in a sentence",
            TaskInfo.Context.SHORT,
            UNITS,
            List.of(ACC)),
        Options.class,
        new ChoiceLayout(
            "winogrande",
            List.of("validation", "test"),
            "train",
            /* hasSubjects= */ false,
            /* columns= */ List.of()));
  }

  @Override
  ChoiceQuestion question(ChoiceRow row) {
    if (FoundryRow.hasContextOptions(row)) {
      return FoundryRow.contextOptions(row);
    }
    String sentence = row.text("sentence");
    int gap = sentence.indexOf(GAP);
    if (gap < 0) {
      throw row.error("the sentence has no gap \"_\".");
    }
    String before = sentence.substring(0, gap);
    String after = WhiteSpace.strip(sentence.substring(gap + GAP.length()));
    return ChoiceQuestion.of(
        row,
        sentence,
        Stream.of("option1", "option2")
            .map(row::text)
            .map(name -> new ChoiceQuestion.Option(name, before + name, after))
            .toList(),
        row.index(row.word("answer"), List.of("1", "2"), "answer"));
  }
}
