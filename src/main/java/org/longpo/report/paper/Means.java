package org.longpo.report.paper;

import java.util.List;
import java.util.OptionalDouble;

/** Means of figures that may be missing. */
final class Means {
  private Means() {}

  /** Empty if one is missing, or there is none: a mean of fewer would be of something else. */
  static OptionalDouble of(List<OptionalDouble> values) {
    return values.stream().allMatch(OptionalDouble::isPresent)
        ? values.stream().mapToDouble(OptionalDouble::getAsDouble).average()
        : OptionalDouble.empty();
  }
}
