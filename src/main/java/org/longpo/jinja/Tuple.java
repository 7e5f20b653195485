package org.longpo.jinja;

import java.util.List;

/**
 * Python's {@code tuple}.
 *
 * @param names of the items, for a named tuple; else empty
 */
record Tuple(List<Object> items, List<String> names) {
  static Tuple of(Object... items) {
    return new Tuple(List.of(items), List.of());
  }

  static Tuple of(List<Object> items) {
    return new Tuple(List.copyOf(items), List.of());
  }
}
