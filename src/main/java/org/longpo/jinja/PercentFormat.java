package org.longpo.jinja;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Python's {@code 'text %s' % values}. */
final class PercentFormat {
  private static final Pattern PLACE =
      Pattern.compile(
          "%(?:\\((?<key>[^)]*)\\))?(?<flags>[-+ 0#]*)(?<width>\\d*)(?:\\.(?<precision>\\d*))?"
              + "(?<kind>.?)",
          Pattern.DOTALL);

  private PercentFormat() {}

  /**
   * Fills in a format.
   *
   * @param values a tuple of values, a dictionary for places with names, or the one value
   */
  static String format(String format, Object values) {
    Iterator<Object> rest =
        values instanceof Tuple(List<Object> items, var _)
            ? items.iterator()
            : List.of(values).iterator();
    StringBuilder out = new StringBuilder();
    Matcher place = PLACE.matcher(format);
    int from = 0;
    boolean named = false;
    while (place.find(from)) {
      out.append(format, from, place.start());
      from = place.end();
      String kind = place.group("kind");
      if (kind.equals("%")) {
        out.append('%');
        continue;
      }
      Object value;
      if (place.group("key") != null) {
        named = true;
        value = entry(values, place.group("key"));
      } else if (rest.hasNext()) {
        value = rest.next();
      } else {
        throw new TemplateFailure("not enough arguments for format string");
      }
      out.append(
          padded(filled(kind, place.group("precision"), place.group("flags"), value), place));
    }
    // Python lets what has items by number or key go unused, but for tuples and texts.
    boolean mayBeUnused =
        values instanceof Map<?, ?> || values instanceof List<?> || values instanceof Undefined;
    if (rest.hasNext() && !named && !mayBeUnused) {
      throw new TemplateFailure("not all arguments converted during string formatting");
    }
    return out.append(format, from, format.length()).toString();
  }

  private static Object entry(Object values, String key) {
    if (!(values instanceof Map<?, ?> map)) {
      throw new TemplateFailure("format requires a mapping");
    }
    Object value = Dictionaries.get(map, key);
    if (value == null) {
      throw new TemplateFailure("there is no value for " + PythonText.repr(key));
    }
    return value;
  }

  private static String filled(
      String kind, @Nullable String precision, String flags, Object value) {
    int digits = precision == null ? -1 : precision.isEmpty() ? 0 : Integer.parseInt(precision);
    String text =
        switch (kind) {
          case "s" -> cut(PythonText.str(value), digits);
          case "r" -> cut(PythonText.repr(value), digits);
          case "d", "i", "u" -> integer(kind, value).toString();
          case "x" -> integer(kind, value).toString(16);
          case "X" -> integer(kind, value).toString(16).toUpperCase(Locale.ROOT);
          case "o" -> integer(kind, value).toString(8);
          case "f", "F" -> fixed(number(kind, value), digits < 0 ? 6 : digits);
          default ->
              throw new TemplateFailure(
                  "the format %" + kind + " is not supported: use %s, %r, %d, %x, %o or %f");
        };
    boolean signs = !kind.equals("s") && !kind.equals("r") && !text.startsWith("-");
    if (flags.contains("#")) {
      throw new TemplateFailure("the format flag '#' is not supported");
    }
    return signs && flags.contains("+")
        ? "+" + text
        : signs && flags.contains(" ") ? " " + text : text;
  }

  private static String cut(String text, int most) {
    return most < 0 || text.codePointCount(0, text.length()) <= most
        ? text
        : text.substring(0, text.offsetByCodePoints(0, most));
  }

  private static Number number(String kind, Object value) {
    Number number = Arithmetic.number(value);
    if (number == null) {
      throw new TemplateFailure(
          "%" + kind + " format: a real number is required, not " + Values.type(value));
    }
    return number;
  }

  private static BigInteger integer(String kind, Object value) {
    return switch (number(kind, value)) {
      case BigInteger integer -> integer;
      case Number number -> new BigDecimal(number.doubleValue()).toBigInteger();
    };
  }

  private static String fixed(Number number, int digits) {
    double value = number.doubleValue();
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return PythonText.number(value);
    }
    BigDecimal exact =
        number instanceof BigInteger integer ? new BigDecimal(integer) : new BigDecimal(value);
    String text = exact.setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
    return 1 / value < 0 && !text.startsWith("-") ? "-" + text : text;
  }

  private static String padded(String text, Matcher place) {
    String width = place.group("width");
    String flags = place.group("flags");
    int missing =
        width.isEmpty()
            ? 0
            : Math.max(0, Integer.parseInt(width) - text.codePointCount(0, text.length()));
    if (flags.contains("-")) {
      return text + " ".repeat(missing);
    }
    boolean zeros = flags.contains("0") && !"sr".contains(place.group("kind"));
    if (!zeros) {
      return " ".repeat(missing) + text;
    }
    boolean signed = text.startsWith("-") || text.startsWith("+") || text.startsWith(" ");
    int digits = signed ? 1 : 0;
    return text.substring(0, digits) + "0".repeat(missing) + text.substring(digits);
  }
}
