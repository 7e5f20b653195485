package org.longpo.text;

import org.longpo.jinja.PythonStrings;

/**
 * White space as Python has it. Benchmarks and their scorers are Python programs: to them, a
 * no-break space is white space, which Java's {@link String#strip} leaves.
 */
public final class WhiteSpace {
  private WhiteSpace() {}

  /** {@code str.isspace} of one character. */
  public static boolean isSpace(int codePoint) {
    return PythonStrings.isSpace(codePoint);
  }

  /** {@code str.strip}: without white space at both ends. */
  public static String strip(String text) {
    return PythonStrings.strip(text, null, /* left= */ true, /* right= */ true);
  }

  /** {@code str.rstrip}: without white space at the end. */
  public static String stripTrailing(String text) {
    return PythonStrings.strip(text, null, /* left= */ false, /* right= */ true);
  }
}
