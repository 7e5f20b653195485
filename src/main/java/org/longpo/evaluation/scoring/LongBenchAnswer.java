package org.longpo.evaluation.scoring;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The letter that an answer to LongBench v2 names ({@code extract_answer} of its {@code pred.py},
 * Bai et al. 2024): asterisks are ignored, a letter in brackets comes first.
 */
public final class LongBenchAnswer {
  private static final Pattern IN_BRACKETS = Pattern.compile("The correct answer is \\(([A-D])\\)");
  private static final Pattern BARE = Pattern.compile("The correct answer is ([A-D])");

  private LongBenchAnswer() {}

  /** A, B, C or D; empty if the answer does not name one in the form that was asked for. */
  public static Optional<String> letter(String answer) {
    String plain = answer.replace("*", "");
    return Stream.of(IN_BRACKETS, BARE)
        .map(form -> form.matcher(plain))
        .filter(Matcher::find)
        .map(found -> found.group(1))
        .findFirst();
  }
}
