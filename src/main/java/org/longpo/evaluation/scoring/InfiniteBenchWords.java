package org.longpo.evaluation.scoring;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Answers of InfiniteBench that are found among the words of a text ({@code get_score_one_*} of its
 * {@code src/compute_scores.py}).
 */
public final class InfiniteBenchWords {
  private static final List<String> SEPARATORS =
      List.of("\n", ":", "\"", "'", ".", ",", "?", "!", "{", "}");

  private static final Pattern DIGITS = Pattern.compile("[0-9]+");

  private InfiniteBenchWords() {}

  /** PassKey and Number: whether the first run of digits is the number. */
  public static boolean isFirstNumber(String answer, String expected) {
    Matcher digits = DIGITS.matcher(answer);
    return (digits.find() ? digits.group() : "").equals(expected);
  }

  /** KV: whether the value is one of the words. */
  public static boolean hasValue(String answer, String expected) {
    return words(answer).contains(expected);
  }

  /** En.Dia: whether the name, which is in upper case, is one of the words in upper case. */
  public static boolean hasName(String answer, String expected) {
    return words(answer).stream().anyMatch(word -> word.toUpperCase(Locale.ROOT).equals(expected));
  }

  private static List<String> words(String answer) {
    return PythonText.words(PythonText.spaced(answer, SEPARATORS));
  }
}
