package org.longpo.evaluation;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A figure of a task: the mean of a value of its samples, or the ratio of the totals of two values.
 *
 * @param id in rows, in snake_case: "exact_match"
 * @param label as it is shown: "exact match"
 * @param numerator the name of the samples' value
 * @param denominator the value by whose total the numerator's total is divided; empty: the number
 *     of samples
 */
public record Metric(
    String id,
    String label,
    Scale scale,
    boolean higherIsBetter,
    String numerator,
    Optional<String> denominator) {
  /** How values are written. */
  public enum Scale {
    /** A share in [0, 1], written in per cent with one decimal. */
    PERCENT(100, 1, " %"),
    /** A plain number with three decimals. */
    NUMBER(1, 3, "");

    private final double factor;
    private final int decimals;
    private final String unit;

    Scale(double factor, int decimals, String unit) {
      this.factor = factor;
      this.decimals = decimals;
      this.unit = unit;
    }

    private String digits(double value) {
      return String.format(Locale.ROOT, "%." + decimals + "f", factor * value);
    }
  }

  /** In place of a standard error that a single text cannot show. */
  public static final String UNKNOWN_ERROR = "?";

  /** A mean of values in [0, 1], of which more is better. */
  public static Metric share(String id, String label) {
    return new Metric(id, label, Scale.PERCENT, /* higherIsBetter= */ true, id, Optional.empty());
  }

  /** A mean of values in [0, 1], of which less is better. */
  public static Metric lowShare(String id, String label) {
    return new Metric(id, label, Scale.PERCENT, /* higherIsBetter= */ false, id, Optional.empty());
  }

  /**
   * A mean, of which more is better, over the samples that have a value.
   *
   * @param value the name of the values, 0 where a sample has none
   * @param counted the name of a value that is 1 where a sample has one, and 0 where not
   */
  public static Metric meanOf(String id, String label, Scale scale, String value, String counted) {
    return new Metric(id, label, scale, /* higherIsBetter= */ true, value, Optional.of(counted));
  }

  /** A ratio of totals, of which less is better. */
  public static Metric cost(String id, String label, String numerator, String denominator) {
    return new Metric(
        id, label, Scale.NUMBER, /* higherIsBetter= */ false, numerator, Optional.of(denominator));
  }

  /** "80.0 %". */
  public String text(double value) {
    return scale.digits(value) + scale.unit;
  }

  /** "80.0 ± 4.0 %". */
  public String text(Estimate estimate) {
    OptionalDouble error = estimate.standardError();
    return "%s ± %s%s"
        .formatted(
            scale.digits(estimate.value()),
            error.isPresent() ? scale.digits(error.getAsDouble()) : UNKNOWN_ERROR,
            scale.unit);
  }
}
