package org.longpo.settings;

import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.longpo.error.UserError;

/** Holds the components of a record to their {@link Range}, however the record is made. */
public final class OptionChecks {
  private OptionChecks() {}

  /**
   * Makes sure that numbers are within their ranges; for a record's constructor, which passes the
   * values of all components in their order.
   *
   * @throws UserError naming the first option that is not
   */
  public static void require(Class<? extends Record> type, @Nullable Object... values) {
    RecordComponent[] components = type.getRecordComponents();
    if (components.length != values.length) {
      throw new IllegalArgumentException(type + " has " + components.length + " components");
    }
    for (int i = 0; i < components.length; i++) {
      Range range = Annotations.find(components[i], Range.class);
      if (range != null) {
        for (Number number : numbers(values[i])) {
          requireHolds(components[i], range, number);
        }
      }
    }
  }

  private static void requireHolds(RecordComponent component, Range range, Number value) {
    boolean isFinite = Double.isFinite(value.doubleValue());
    if (!isFinite || !Ranges.holds(range, value.doubleValue())) {
      throw new UserError(
          "%s must be %s, but is %s."
              .formatted(
                  RecordShape.name(component),
                  Ranges.expected(component, range),
                  value instanceof Double number ? ValueTypes.show(number) : value));
    }
  }

  private static Collection<Number> numbers(@Nullable Object value) {
    return switch (value) {
      case Number number -> List.of(number);
      case OptionalInt number when number.isPresent() -> List.of(number.getAsInt());
      case OptionalDouble number when number.isPresent() -> List.of(number.getAsDouble());
      case Optional<?> optional when optional.isPresent() -> numbers(optional.get());
      case Collection<?> list ->
          list.stream().flatMap(element -> numbers(element).stream()).toList();
      case null, default -> List.of();
    };
  }
}
