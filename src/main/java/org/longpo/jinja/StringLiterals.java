package org.longpo.jinja;

/** The escapes of string literals: those of Python's {@code unicode-escape}. */
final class StringLiterals {
  private StringLiterals() {}

  /** The value of the text between the quotes. */
  static String value(String literal, int line) {
    if (literal.indexOf('\\') < 0) {
      return literal;
    }
    StringBuilder value = new StringBuilder();
    int at = 0;
    while (at < literal.length()) {
      char c = literal.charAt(at++);
      if (c != '\\') {
        value.append(c);
        continue;
      }
      char escape = literal.charAt(at++);
      switch (escape) {
        case '\n' -> {}
        case 'n' -> value.append('\n');
        case 't' -> value.append('\t');
        case 'r' -> value.append('\r');
        case 'a' -> value.append('\u0007');
        case 'b' -> value.append('\b');
        case 'f' -> value.append('\f');
        case 'v' -> value.append('\u000B');
        case '\\', '\'', '"' -> value.append(escape);
        case 'x' -> at = hexadecimal(literal, at, 2, value, line);
        case 'u' -> at = hexadecimal(literal, at, 4, value, line);
        case 'U' -> at = hexadecimal(literal, at, 8, value, line);
        case '0', '1', '2', '3', '4', '5', '6', '7' -> at = octal(literal, at - 1, value);
        case 'N' -> at = named(literal, at, value, line);
        default -> at = unknown(literal, at - 1, value);
      }
    }
    return value.toString();
  }

  private static int hexadecimal(
      String literal, int from, int digits, StringBuilder value, int line) {
    int end = from + digits;
    String written = literal.substring(from, Math.min(end, literal.length()));
    if (!written.matches("[0-9a-fA-F]{" + digits + "}")
        || !Character.isValidCodePoint((int) Long.parseLong(written, 16))) {
      throw new TemplateSyntaxFailure(
          line, "a string has a broken escape: " + literal.charAt(from - 1) + written);
    }
    value.appendCodePoint((int) Long.parseLong(written, 16));
    return end;
  }

  private static int octal(String literal, int from, StringBuilder value) {
    int end = from;
    while (end < literal.length()
        && end < from + 3
        && "01234567".indexOf(literal.charAt(end)) >= 0) {
      end++;
    }
    value.append((char) Integer.parseInt(literal.substring(from, end), 8));
    return end;
  }

  private static int named(String literal, int from, StringBuilder value, int line) {
    int end = literal.indexOf('}', from);
    if (end > from && literal.charAt(from) == '{') {
      try {
        value.appendCodePoint(Character.codePointOf(literal.substring(from + 1, end)));
        return end + 1;
      } catch (IllegalArgumentException unknown) {
        throw new TemplateSyntaxFailure(
            line, "there is no character named " + literal.substring(from + 1, end));
      }
    }
    throw new TemplateSyntaxFailure(line, "a string has a broken escape: \\N");
  }

  /** Python keeps a backslash before anything else, and what is not ASCII comes as its number. */
  private static int unknown(String literal, int from, StringBuilder value) {
    int c = literal.codePointAt(from);
    value.append('\\');
    if (c < 0x80) {
      value.append((char) c);
    } else {
      value.append(
          c < 0x100
              ? String.format("x%02x", c)
              : c < 0x10000 ? String.format("u%04x", c) : String.format("U%08x", c));
    }
    return from + Character.charCount(c);
  }
}
