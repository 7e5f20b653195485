package org.longpo.report.charts;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.longpo.evaluation.Metric;

/** Numbers in files and on axes. */
final class Numbers {
  private Numbers() {}

  /** "" for none. */
  static String text(OptionalInt value) {
    return value.isPresent() ? Integer.toString(value.getAsInt()) : "";
  }

  /** "" for none. */
  static String text(OptionalDouble value) {
    return value.isPresent() ? Double.toString(value.getAsDouble()) : "";
  }

  /** A gap for what cannot be drawn. */
  static @Nullable Double drawn(double value) {
    return Double.isFinite(value) ? value : null;
  }

  /** A label of an axis: "80%", or a number with as many digits as tell labels apart. */
  static String tick(Metric metric, double value) {
    return switch (metric.scale()) {
      case PERCENT -> plain(100 * value) + "%";
      case NUMBER -> plain(value);
    };
  }

  static String plain(double value) {
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(4));
    return rounded.signum() == 0
        ? "0"
        : Math.abs(value) < 1e-3
            ? String.format(Locale.ROOT, "%.2g", value)
            : rounded.stripTrailingZeros().toPlainString();
  }
}
