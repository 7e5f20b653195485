package org.longpo.evaluation;

import java.math.BigDecimal;
import java.util.Comparator;

/**
 * A part of a task's samples that gets rows of its own.
 *
 * @param by what the samples are divided by: "depth"
 * @param order slices are shown by growing order
 * @param label as it is shown: "25%"
 */
public record Slice(String by, double order, String label) implements Comparable<Slice> {
  private static final Comparator<Slice> ORDER =
      Comparator.comparing(Slice::by).thenComparingDouble(Slice::order).thenComparing(Slice::label);

  /** By where in the context the answer stands: 0 at the beginning, 100 at the end. */
  public static Slice ofDepth(double percent) {
    String number = BigDecimal.valueOf(percent).stripTrailingZeros().toPlainString();
    return new Slice("depth", percent, number + "%");
  }

  @Override
  public int compareTo(Slice other) {
    return ORDER.compare(this, other);
  }
}
