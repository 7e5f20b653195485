package org.longpo.evaluation.scoring;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rating in a judge's text, read as the originals read it. Texts without one give none; what a
 * rating is worth that lies outside of the scale that was asked for, the caller decides.
 */
public final class JudgeRating {
  /** Of {@code common.py}: the first of these that is found anywhere. */
  private static final List<Pattern> FAST_CHAT =
      List.of(pattern("\\[\\[(\\d+\\.?\\d*)]]"), pattern("\\[(\\d+\\.?\\d*)]"));

  /** What Python does not read as a number: a whole one that begins with zeros, unless it is 0. */
  private static final Pattern ZEROS_BEFORE = Pattern.compile("0\\d*[1-9]\\d*");

  private static final Pattern ASCII = Pattern.compile("[0-9.]+");

  private static final Pattern BRACKETS = Pattern.compile("\\[\\[([^]]+)]]");
  private static final Pattern NUMBER = pattern("\\d+\\.\\d+|\\d+");

  private JudgeRating() {}

  /** To Python, digits of all scripts are digits. */
  private static Pattern pattern(String regex) {
    return Pattern.compile(regex, Pattern.UNICODE_CHARACTER_CLASS);
  }

  /**
   * The number in the first "[[7]]" or, where there is none, in the first "[7]": {@code
   * run_judge_single} of {@code fastchat/llm_judge/common.py}. It stops with an error at what
   * Python does not read as a number, such as "[[07]]", which gives no rating here.
   */
  public static OptionalDouble ofFastChat(String judgment) {
    for (Pattern pattern : FAST_CHAT) {
      Matcher found = pattern.matcher(judgment);
      if (found.find()) {
        String number = found.group(1);
        return !ASCII.matcher(number).matches() || ZEROS_BEFORE.matcher(number).matches()
            ? OptionalDouble.empty()
            : OptionalDouble.of(Double.parseDouble(number));
      }
    }
    return OptionalDouble.empty();
  }

  /**
   * The first number within the last pair of double brackets: {@code get_score} of {@code
   * LongBench_Chat/eval.py} in THUDM/LongAlign.
   */
  public static OptionalDouble ofLongBenchChat(String judgment) {
    Optional<String> last =
        BRACKETS.matcher(judgment).results().map(found -> found.group(1)).reduce((a, b) -> b);
    return last.flatMap(text -> NUMBER.matcher(text).results().map(MatchResult::group).findFirst())
        .map(number -> OptionalDouble.of(Double.parseDouble(PythonText.asciiDigits(number))))
        .orElse(OptionalDouble.empty());
  }
}
