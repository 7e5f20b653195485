package org.longpo.evaluation.tasks.choice;

import java.util.List;
import org.longpo.error.UserError;

/**
 * A question whose options are compared.
 *
 * @param where file and line of its row
 * @param text the question as people read it
 * @param options at least two, in the order of the row
 * @param gold the index of the right one
 */
record ChoiceQuestion(String where, String text, List<Option> options, int gold) {
  /**
   * What the model reads, and what is scored after it.
   *
   * @param shown the option as people read it
   * @param prompt the text before it, the same for all options in most benchmarks
   * @param answer the text whose log-likelihood counts, without white space that divides it from
   *     the prompt
   */
  record Option(String shown, String prompt, String answer) {
    static Option of(String prompt, String answer) {
      return new Option(answer, prompt, answer);
    }
  }

  ChoiceQuestion {
    options = List.copyOf(options);
  }

  /**
   * Checks a question that was read from a row.
   *
   * @throws UserError if it has fewer than two options, one without text, or no such right one
   */
  static ChoiceQuestion of(ChoiceRow row, String text, List<Option> options, int gold) {
    if (options.size() < 2) {
      throw row.error(
          "there must be at least two options to choose from, but there %s."
              .formatted(options.isEmpty() ? "is none" : "is only one"));
    }
    for (int i = 0; i < options.size(); i++) {
      if (options.get(i).answer().isBlank()) {
        throw row.error("option number %d has no text.".formatted(i + 1));
      }
      if (options.get(i).prompt().isBlank()) {
        throw row.error("there is no text before option number %d.".formatted(i + 1));
      }
    }
    if (gold < 0 || gold >= options.size()) {
      throw row.error(
          "the right option is number %d, counted from 0, but there are %d options."
              .formatted(gold, options.size()));
    }
    return new ChoiceQuestion(row.where(), text, options, gold);
  }

  /**
   * A question with one prompt for all options.
   *
   * @throws UserError as {@link #of(ChoiceRow, String, List, int)}
   */
  static ChoiceQuestion of(
      ChoiceRow row, String text, String prompt, List<String> answers, int gold) {
    return of(row, text, answers.stream().map(answer -> Option.of(prompt, answer)).toList(), gold);
  }

  Option right() {
    return options.get(gold);
  }
}
