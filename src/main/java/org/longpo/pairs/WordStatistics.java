package org.longpo.pairs;

import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Counts of words in an answer, for the filters: runs of letters, digits and combining marks. */
final class WordStatistics {
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}\\p{M}]+");
  private static final Pattern THREE_LETTERS =
      Pattern.compile("\\p{L}\\p{M}*(?:\\p{L}\\p{M}*){2,}");

  private WordStatistics() {}

  /** 1 - different words / words, without regard to case; 0 for a text without words. */
  static double repeatedShare(String text) {
    List<String> words =
        WORD.matcher(text)
            .results()
            .map(MatchResult::group)
            .map(WordStatistics::lowerCase)
            .toList();
    return words.isEmpty() ? 0 : 1 - (double) words.stream().distinct().count() / words.size();
  }

  /** The number of runs of three letters or more. */
  static long longWords(String text) {
    return THREE_LETTERS.matcher(text).results().count();
  }

  private static String lowerCase(String word) {
    return word.toLowerCase(Locale.ROOT);
  }
}
