package org.longpo.jinja;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Python's {@code int(value)} and {@code float(value)}. */
final class Numbers {
  private Numbers() {}

  /** The number a value is or spells, or null. */
  static @Nullable Double floatOrNull(Object value) {
    Number own = Arithmetic.number(value);
    if (own != null) {
      return own.doubleValue();
    }
    if (!(value instanceof String text)) {
      return null;
    }
    String digits = PythonStrings.strip(text, null, true, true).toLowerCase(Locale.ROOT);
    if (digits.matches("[-+]?(inf|infinity)")) {
      return digits.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    if (digits.matches("[-+]?nan")) {
      return Double.NaN;
    }
    String part = "\\d+(_\\d+)*";
    return digits.matches(
            "[-+]?(" + part + "\\.?(" + part + ")?|\\." + part + ")(e[-+]?" + part + ")?")
        ? (Double) Double.parseDouble(digits.replace("_", ""))
        : null;
  }

  /** The integer a value is, spells, or is cut down to; or null. */
  static @Nullable BigInteger integerOrNull(Object value, int base) {
    if (value instanceof String text) {
      String digits = PythonStrings.strip(text, null, true, true).toLowerCase(Locale.ROOT);
      String prefix = base == 16 ? "(0x)?" : base == 8 ? "(0o)?" : base == 2 ? "(0b)?" : "";
      if (digits.matches("[-+]?" + prefix + "[0-9a-z]+(_[0-9a-z]+)*")) {
        try {
          String bare = prefix.isEmpty() ? digits : digits.replaceFirst("0[xob]", "");
          return new BigInteger(bare.replace("_", ""), base);
        } catch (NumberFormatException e) {
          // As with "12.5" below: perhaps it is a float.
        }
      }
    }
    if (Arithmetic.number(value) instanceof BigInteger integer) {
      return integer;
    }
    Double number = floatOrNull(value);
    return number == null || number.isNaN() || number.isInfinite()
        ? null
        : new BigDecimal(number).toBigInteger();
  }
}
