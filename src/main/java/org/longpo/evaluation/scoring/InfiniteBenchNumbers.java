package org.longpo.evaluation.scoring;

import java.math.BigInteger;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Answers of InfiniteBench that are numbers ({@code get_score_one_*} of its {@code
 * src/compute_scores.py}).
 */
public final class InfiniteBenchNumbers {
  private static final List<String> SEPARATORS = List.of("\n", ".", "`", "'", "\"", ":");

  /** What Python's {@code int} reads. */
  private static final Pattern INTEGER = Pattern.compile("[+-]?\\p{Nd}+(?:_\\p{Nd}+)*");

  private static final Pattern NUMBER = Pattern.compile("\\p{Nd}+\\.\\p{Nd}+|\\p{Nd}+");

  private static final Pattern DIGITS = Pattern.compile("[0-9]+");
  private static final Pattern LEADING_ZEROS = Pattern.compile("^0+(?=[0-9])");

  private InfiniteBenchNumbers() {}

  /** Code.Run: whether the last word is the number. */
  public static boolean isLastWord(String answer, long expected) {
    List<String> words = PythonText.words(PythonText.spaced(answer, SEPARATORS));
    if (words.isEmpty() || !INTEGER.matcher(words.getLast()).matches()) {
      return false;
    }
    String digits = PythonText.asciiDigits(words.getLast()).replace("_", "");
    return new BigInteger(digits).equals(BigInteger.valueOf(expected));
  }

  /**
   * Math.Find: whether the first number without its sign is the whole number. The original fails on
   * an answer with a decimal point; here it is wrong.
   */
  public static boolean isFirstInteger(String answer, long expected) {
    Matcher number = NUMBER.matcher(answer);
    return number.find()
        && number.group().indexOf('.') < 0
        && new BigInteger(PythonText.asciiDigits(number.group()))
            .equals(BigInteger.valueOf(expected));
  }

  /** Math.Find, where the answer may have decimals, as a median has. */
  public static boolean isFirstDecimal(String answer, double expected) {
    Matcher number = NUMBER.matcher(answer);
    return number.find() && Double.parseDouble(PythonText.asciiDigits(number.group())) == expected;
  }

  /**
   * Math.Calc: the share of the values that come before the first one that is wrong. A minus sign
   * is not read, so a value below zero is never right.
   */
  public static double rightUpToFirstWrong(String answer, List<Long> expected) {
    Matcher digits = DIGITS.matcher(answer);
    int right = 0;
    while (right < expected.size()
        && digits.find()
        && isEqual(digits.group(), expected.get(right))) {
      right++;
    }
    return (double) right / expected.size();
  }

  /** Answers may have more digits than any Java number. */
  private static boolean isEqual(String digits, long expected) {
    return LEADING_ZEROS.matcher(digits).replaceFirst("").equals(Long.toString(expected));
  }
}
