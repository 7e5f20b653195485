package org.longpo.text;

import org.longpo.jinja.PythonStrings;

/**
 * White space as Python's {@code str.strip} removes it. Benchmarks are defined by Python programs,
 * and Java's {@link String#strip} leaves no-break spaces.
 */
public final class WhiteSpace {
  private WhiteSpace() {}

  /** Without white space at both ends. */
  public static String strip(String text) {
    return PythonStrings.strip(text, null, /* left= */ true, /* right= */ true);
  }

  /** Without white space at the end. */
  public static String stripTrailing(String text) {
    return PythonStrings.strip(text, null, /* left= */ false, /* right= */ true);
  }
}
