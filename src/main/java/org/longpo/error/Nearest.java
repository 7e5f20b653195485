package org.longpo.error;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The known name nearest to a misspelt one, for "did you mean" in errors. */
public final class Nearest {
  private Nearest() {}

  /**
   * The name of {@code known} with the smallest edit distance, if it is near enough to be meant.
   */
  public static Optional<String> to(String given, Collection<String> known) {
    return known.stream()
        .min(Comparator.comparingInt((String name) -> distance(given, name)).thenComparing(n -> n))
        .filter(name -> distance(given, name) <= Math.max(2, given.length() / 2));
  }

  /** Levenshtein distance, ignoring case and the difference between dash and underscore. */
  private static int distance(String given, String name) {
    String a = normalised(given);
    String b = normalised(name);
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substitute = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(substitute, Math.min(previous[j], current[j - 1]) + 1);
      }
      previous = current;
    }
    return previous[b.length()];
  }

  private static String normalised(String name) {
    return name.toLowerCase(Locale.ROOT).replace('-', '_');
  }
}
