package org.longpo.cli;

import org.longpo.evaluation.Metric;

/** The meaning of the signs in printed figures. */
final class FigureText {
  private FigureText() {}

  /** The explanation for these figures. */
  static String legend(CharSequence figures) {
    return figures.toString().contains("± " + Metric.UNKNOWN_ERROR)
        ? "(± one standard error; ?: not known, because there is only one text)"
        : "(± one standard error)";
  }
}
