package org.longpo.pipeline;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What of an answer comes from its passage: the longest runs of its words that stand in the passage
 * just so and that the question did not say already.
 */
final class Evidence {
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}\\p{M}]+");

  /** Shorter words alone ("is", "of") show nothing; numbers always do. */
  private static final Pattern TELLING = Pattern.compile("\\p{N}|[\\p{L}\\p{M}]{4}");

  private static final int MOST = 5;

  private Evidence() {}

  /** Strings of the passage, the longest first; empty if the answer takes nothing from it. */
  static List<String> of(String instruction, String passage, String answer) {
    String inPassage = passage.toLowerCase(Locale.ROOT);
    Set<String> said =
        words(instruction.toLowerCase(Locale.ROOT)).stream()
            .map(MatchResult::group)
            .collect(Collectors.toSet());
    List<MatchResult> words = words(answer);
    Set<String> runs = new LinkedHashSet<>();
    int from = 0;
    while (from < words.size()) {
      int to = from;
      while (to < words.size()
          && !said.contains(words.get(to).group().toLowerCase(Locale.ROOT))
          && contains(inPassage, run(answer, words, from, to).toLowerCase(Locale.ROOT))) {
        to++;
      }
      if (to > from) {
        runs.add(run(answer, words, from, to - 1));
      }
      from = Math.max(to, from + 1);
    }
    return runs.stream()
        .filter(run -> TELLING.matcher(run).find())
        .sorted(Comparator.comparingInt(String::length).reversed())
        .limit(MOST)
        .toList();
  }

  private static String run(String answer, List<MatchResult> words, int first, int last) {
    return answer.substring(words.get(first).start(), words.get(last).end());
  }

  /** Whether the words stand in the text as words, not as parts of longer ones. */
  private static boolean contains(String text, String words) {
    return Pattern.compile(
            "(?<![\\p{L}\\p{N}\\p{M}])" + Pattern.quote(words) + "(?![\\p{L}\\p{N}\\p{M}])")
        .matcher(text)
        .find();
  }

  private static List<MatchResult> words(String text) {
    return WORD.matcher(text).results().toList();
  }
}
