package org.longpo.reproduction;

import java.util.Locale;
import java.util.OptionalDouble;
import org.longpo.evaluation.comparison.CrossedScores;
import org.longpo.evaluation.comparison.Difference;

/** Numbers as the page writes them: shares and their differences in per cent, with one decimal. */
final class Figures {
  /** In place of a figure that was not measured. */
  static final String NONE = "–";

  private static final double LEAST_P = 0.001;

  private Figures() {}

  /** "1,024". */
  static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** "41.2 ± 1.3". */
  static String share(CrossedScores scores) {
    return percent(scores.value()) + error(scores);
  }

  /** "+3.1 ± 1.3". */
  static String margin(CrossedScores differences) {
    return signed(differences.value()) + error(differences);
  }

  /** "+3.1 [1.0, 5.2]". */
  static String difference(Difference difference) {
    return "%s [%s, %s]"
        .formatted(
            signed(difference.value()), percent(difference.low()), percent(difference.high()));
  }

  /** "0.012", "< 0.001". */
  static String p(double p) {
    return p < LEAST_P ? "< 0.001" : String.format(Locale.ROOT, "%.3f", p);
  }

  /** "1e-4". */
  static String rate(double learningRate) {
    String digits = String.format(Locale.ROOT, "%.3e", learningRate);
    int exponent = digits.indexOf('e');
    return digits.substring(0, exponent).replaceFirst("\\.?0+$", "")
        + "e"
        + Integer.parseInt(digits.substring(exponent + 1));
  }

  private static String error(CrossedScores scores) {
    OptionalDouble error = scores.standardError();
    return error.isPresent() ? " ± " + percent(error.getAsDouble()) : "";
  }

  private static String percent(double share) {
    return withoutSignOfZero(String.format(Locale.ROOT, "%.1f", 100 * share));
  }

  private static String signed(double share) {
    return withoutSignOfZero(String.format(Locale.ROOT, "%+.1f", 100 * share));
  }

  private static String withoutSignOfZero(String text) {
    return text.equals("-0.0") || text.equals("+0.0") ? "0.0" : text;
  }
}
