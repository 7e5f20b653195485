package org.longpo.reproduction;

import java.util.OptionalDouble;
import org.longpo.evaluation.comparison.CrossedScores;
import org.longpo.report.charts.CategoryPlot;

/** Scores as points of charts, in per cent. */
final class Points {
  private static final double PERCENT = 100;

  private Points() {}

  static CategoryPlot.Point of(CrossedScores scores) {
    OptionalDouble error = scores.standardError();
    return new CategoryPlot.Point(
        PERCENT * scores.value(),
        error.isPresent()
            ? OptionalDouble.of(PERCENT * error.getAsDouble())
            : OptionalDouble.empty());
  }
}
