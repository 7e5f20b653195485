package org.longpo.evaluation.scoring;

/**
 * Python's {@code str.lower}, Unicode's full mapping. Java's differs in which sigmas end a word: it
 * asks a {@link java.text.BreakIterator}.
 */
final class PythonLowerCase {
  private static final int CAPITAL_SIGMA = '\u03A3';
  private static final int SMALL_SIGMA = '\u03C3';
  private static final int FINAL_SIGMA = '\u03C2';

  private static final int CAPITAL_I_WITH_DOT = '\u0130';
  private static final String SMALL_I_WITH_DOT = "i\u0307";

  /** Unicode's Word_Break properties MidLetter, MidNumLet and Single_Quote. */
  private static final String BETWEEN_LETTERS =
      "'.:\u00B7\u0387\u055F\u05F4\u2018\u2019\u2024\u2027\uFE13\uFE52\uFE55\uFF07\uFF0E\uFF1A";

  private PythonLowerCase() {}

  static String of(String text) {
    int[] points = text.codePoints().toArray();
    StringBuilder lower = new StringBuilder(text.length());
    for (int i = 0; i < points.length; i++) {
      switch (points[i]) {
        case CAPITAL_SIGMA ->
            lower.appendCodePoint(endsWord(points, i) ? FINAL_SIGMA : SMALL_SIGMA);
        case CAPITAL_I_WITH_DOT -> lower.append(SMALL_I_WITH_DOT);
        default -> lower.appendCodePoint(Character.toLowerCase(points[i]));
      }
    }
    return lower.toString();
  }

  /** Unicode's condition Final_Sigma: a letter with case comes before and none comes after. */
  private static boolean endsWord(int[] points, int sigma) {
    return isCased(points, sigma, -1) && !isCased(points, sigma, 1);
  }

  /** Whether the next character that counts, in a direction, is a letter with case. */
  private static boolean isCased(int[] points, int from, int direction) {
    int at = from + direction;
    while (at >= 0 && at < points.length && isCaseIgnorable(points[at])) {
      at += direction;
    }
    return at >= 0
        && at < points.length
        && (Character.isLowerCase(points[at])
            || Character.isUpperCase(points[at])
            || Character.isTitleCase(points[at]));
  }

  private static boolean isCaseIgnorable(int point) {
    return switch (Character.getType(point)) {
      case Character.NON_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.FORMAT,
          Character.MODIFIER_LETTER,
          Character.MODIFIER_SYMBOL ->
          true;
      default -> BETWEEN_LETTERS.indexOf(point) >= 0;
    };
  }
}
