package org.longpo.evaluation.tasks;

import java.util.ArrayList;
import java.util.Arrays;
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
final class SquadScore {
  private static final Pattern PUNCTUATION = Pattern.compile("\\p{Punct}");
  private static final Pattern ARTICLES =
      Pattern.compile("\\b(a|an|the)\\b", Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern WHITE_SPACE =
      Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);

  private SquadScore() {}

  static boolean exactMatch(String answer, List<String> references) {
    String normalised = normalise(answer);
    return references.stream().anyMatch(reference -> normalise(reference).equals(normalised));
  }

  static double tokenF1(String answer, List<String> references) {
    List<String> tokens = tokens(answer);
    ToDoubleFunction<String> against = reference -> tokenF1(tokens, tokens(reference));
    return references.stream().mapToDouble(against).max().orElseThrow();
  }

  static String normalise(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    String words = PUNCTUATION.matcher(lower).replaceAll("");
    String content = ARTICLES.matcher(words).replaceAll(" ");
    return WHITE_SPACE.matcher(content).replaceAll(" ").strip();
  }

  private static double tokenF1(List<String> answer, List<String> reference) {
    if (answer.isEmpty() || reference.isEmpty()) {
      return answer.equals(reference) ? 1 : 0;
    }
    List<String> unmatched = new ArrayList<>(reference);
    long common = answer.stream().filter(unmatched::remove).count();
    // The harmonic mean of common / answer and common / reference.
    return 2.0 * common / (answer.size() + reference.size());
  }

  private static List<String> tokens(String text) {
    String normalised = normalise(text);
    return normalised.isEmpty() ? List.of() : Arrays.asList(normalised.split(" ", -1));
  }
}
