package org.longpo.cli;

import java.util.Locale;
import java.util.OptionalDouble;
import org.longpo.evaluation.Accuracy;
import org.longpo.evaluation.BitsPerByte;
import org.longpo.evaluation.MeanScore;

/** Figures of an evaluation with their standard errors, as commands print them. */
final class FigureText {
  /** In place of a standard error that one text cannot tell. */
  private static final String UNKNOWN = "?";

  private FigureText() {}

  /** "80.0 ± 4.0 %". */
  static String of(Accuracy accuracy) {
    return String.format(
        Locale.ROOT,
        "%.1f ± %s %%",
        100 * accuracy.accuracy(),
        error("%.1f", 100, accuracy.standardError()));
  }

  /** "1.234 ± 0.012". */
  static String of(BitsPerByte bits) {
    MeanScore score = bits.bitsPerByte();
    return String.format(
        Locale.ROOT, "%.3f ± %s", score.mean(), error("%.3f", 1, score.standardError()));
  }

  private static String error(String format, double scale, OptionalDouble standardError) {
    return standardError.isPresent()
        ? String.format(Locale.ROOT, format, scale * standardError.getAsDouble())
        : UNKNOWN;
  }

  /** What the signs in such figures mean. */
  static String legend(CharSequence figures) {
    return figures.toString().contains("± " + UNKNOWN)
        ? "(± one standard error; ?: not known, because there is only one text)"
        : "(± one standard error)";
  }
}
