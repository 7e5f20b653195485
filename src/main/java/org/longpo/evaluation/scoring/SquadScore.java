package org.longpo.evaluation.scoring;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;

/**
 * Exact match and token F1 of an answer as SQuAD defines them (Rajpurkar et al. 2016, section 6.1):
 * both texts lower-cased, without ASCII punctuation, without the words a, an and the, white space
 * collapsed; the best over the reference answers. Where one of two texts is then empty, F1 is 1 if
 * both are and else 0, as in SQuAD 2.0.
 */
public final class SquadScore {
  private static final Pattern PUNCTUATION = Pattern.compile("\\p{Punct}");

  /** The characters of words are those of Python's {@code \w}: letters, numbers, low line. */
  private static final Pattern ARTICLES =
      Pattern.compile("(?<![\\p{L}\\p{N}_])(?:a|an|the)(?![\\p{L}\\p{N}_])");

  private SquadScore() {}

  public static boolean exactMatch(String answer, List<String> references) {
    String normalised = normalise(answer);
    return references.stream().anyMatch(reference -> normalise(reference).equals(normalised));
  }

  public static double tokenF1(String answer, List<String> references) {
    List<String> tokens = tokens(answer);
    ToDoubleFunction<String> against = reference -> tokenF1(tokens, tokens(reference));
    return references.stream().mapToDouble(against).max().orElseThrow();
  }

  static String normalise(String text) {
    return String.join(" ", tokens(text));
  }

  /** The words of a text that count. */
  static List<String> tokens(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    String words = PUNCTUATION.matcher(lower).replaceAll("");
    return PythonText.words(ARTICLES.matcher(words).replaceAll(" "));
  }

  private static double tokenF1(List<String> answer, List<String> reference) {
    if (answer.isEmpty() || reference.isEmpty()) {
      return answer.equals(reference) ? 1 : 0;
    }
    return OverlapF1.of(answer, reference);
  }
}
