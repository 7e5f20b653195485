package org.longpo.evaluation.scoring;

import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.longpo.text.WhiteSpace;

/**
 * Answers of InfiniteBench to questions with four options ({@code
 * get_score_one_longbook_choice_eng} and {@code get_score_one_code_debug} of its {@code
 * src/compute_scores.py}).
 */
public final class InfiniteBenchChoices {
  private static final String LETTERS = "ABCD";

  private static final Pattern SPACES = Pattern.compile(" {2,}");

  private static final List<String> CHOICE_SEPARATORS =
      List.of("\n", "\"", "'", ".", ",", "?", "!", "{", "}");
  private static final List<String> CHOICE_INTRODUCTIONS =
      List.of("answer is:", "answer:", "answer is", "option is");

  private static final List<String> DEBUG_SEPARATORS =
      List.of("\n", "`", "'", "\"", "-", "*", "Option", "option");
  private static final List<String> DEBUG_INTRODUCTIONS =
      List.of("answer is:", "is:", "answer:", "correct option is:");

  private InfiniteBenchChoices() {}

  /**
   * En.MC: an answer that begins with a letter of an option names that option; else it must be the
   * right option's text, or name letter or text after words such as "answer is", or have the right
   * letter as the first word that is part of "ABCD".
   *
   * @param option the right option's text
   * @param letter its letter
   */
  public static boolean isChosen(String answer, String option, String letter) {
    List<String> right = List.of(option, letter);
    String text = WhiteSpace.strip(answer);
    if (text.isEmpty()) {
      return false;
    }
    String first = text.substring(0, text.offsetByCodePoints(0, 1));
    if (LETTERS.contains(first)) {
      return right.contains(first);
    }
    if (right.contains(text)) {
      return true;
    }
    String plain = spaced(text, CHOICE_SEPARATORS);
    OptionalInt introduced = introductionEnd(plain, CHOICE_INTRODUCTIONS);
    if (introduced.isPresent()) {
      return isNamedAt(plain, introduced.getAsInt(), right);
    }
    return PythonText.words(plain).stream()
        .filter(LETTERS::contains)
        .findFirst()
        .map(right::contains)
        .orElse(false);
  }

  /**
   * Code.Debug: an answer must begin with the letter and a full stop or colon, or name letter or
   * function after words such as "answer is:".
   *
   * @param function the right option's text
   * @param letter its letter
   */
  public static boolean isFaultyFunction(String answer, String function, String letter) {
    String text = WhiteSpace.strip(answer);
    if (text.startsWith(letter + ".") || text.startsWith(letter + ":")) {
      return true;
    }
    String plain = spaced(text, DEBUG_SEPARATORS);
    OptionalInt introduced = introductionEnd(plain, DEBUG_INTRODUCTIONS);
    return introduced.isPresent()
        && isNamedAt(plain, introduced.getAsInt(), List.of(letter, function));
  }

  private static String spaced(String text, List<String> separators) {
    return SPACES.matcher(PythonText.spaced(text, separators)).replaceAll(" ");
  }

  /** Where the first of these texts that occurs ends; the order of the texts decides. */
  private static OptionalInt introductionEnd(String text, List<String> introductions) {
    return introductions.stream()
        .filter(text::contains)
        .mapToInt(introduction -> text.indexOf(introduction) + introduction.length())
        .findFirst();
  }

  /** Whether one of the names follows after a single character, whatever that is. */
  private static boolean isNamedAt(String text, int end, List<String> names) {
    if (end == text.length()) {
      return false;
    }
    String named = text.substring(text.offsetByCodePoints(end, 1));
    return names.stream().anyMatch(named::startsWith);
  }
}
