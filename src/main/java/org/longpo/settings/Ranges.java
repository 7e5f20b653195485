package org.longpo.settings;

import java.lang.reflect.RecordComponent;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Numbers within a {@link Range}, and the words that state it. */
final class Ranges {
  private Ranges() {}

  static <T> ValueType<T> integer(@Nullable Range range, Function<Long, T> narrow) {
    return ValueTypes.integer(
        range == null ? "a whole number" : wholeNumber(range),
        value -> range == null || holds(range, value),
        narrow);
  }

  static ValueType<Double> number(@Nullable Range range) {
    ValueType<Double> type =
        ValueTypes.number(
            range == null ? "a number" : words(range),
            value -> range == null || holds(range, value));
    boolean isShare =
        range != null && range.from() == 0 && Math.min(range.to(), range.below()) <= 1;
    return isShare ? type.labelled("SHARE") : type;
  }

  /** What a component's numbers must be, in words. */
  static String expected(RecordComponent component, Range range) {
    String type = component.getGenericType().getTypeName();
    return type.contains("Int") || type.equals("int") || type.equals("long")
        ? wholeNumber(range)
        : words(range);
  }

  static boolean holds(Range range, double value) {
    return value >= range.from()
        && value > range.above()
        && value <= range.to()
        && value < range.below();
  }

  private static String wholeNumber(Range range) {
    String from = ValueTypes.show(range.from());
    return Double.isInfinite(range.to())
        ? "a whole number, " + from + " or more"
        : "a whole number from " + from + " to " + ValueTypes.show(range.to());
  }

  /** "a positive number", "a number from 0 to below 0.5". */
  private static String words(Range range) {
    boolean hasEnd = !Double.isInfinite(range.to()) || !Double.isInfinite(range.below());
    if (!hasEnd) {
      if (range.above() == 0) {
        return "a positive number";
      }
      if (range.from() == 0) {
        return "zero or a positive number";
      }
      return Double.isInfinite(range.above())
          ? "a number of at least " + ValueTypes.show(range.from())
          : "a number above " + ValueTypes.show(range.above());
    }
    boolean isOpen = !Double.isInfinite(range.above());
    String start =
        isOpen
            ? "a number above " + ValueTypes.show(range.above())
            : "a number from " + ValueTypes.show(range.from());
    return Double.isInfinite(range.to())
        ? start + " to below " + ValueTypes.show(range.below())
        : start + (isOpen ? ", at most " : " to ") + ValueTypes.show(range.to());
  }
}
