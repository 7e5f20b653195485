package org.longpo.jinja;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** How Python writes its values: {@code str} and {@code repr}. */
final class PythonText {
  private PythonText() {}

  static String str(Object value) {
    return switch (value) {
      case String text -> text;
      case Markup markup -> markup.text();
      case Undefined _ -> "";
      default -> repr(value);
    };
  }

  static String repr(Object value) {
    return switch (value) {
      case None _ -> "None";
      case Undefined _ -> "Undefined";
      case Boolean truth -> truth ? "True" : "False";
      case BigInteger number -> number.toString();
      case Double number -> number(number);
      case String text -> quoted(text);
      case Markup markup -> "Markup(" + quoted(markup.text()) + ")";
      case Range range -> range.repr();
      case List<?> list -> "[" + items(list) + "]";
      case Tuple(List<Object> items, var _) ->
          "(" + items(items) + (items.size() == 1 ? ",)" : ")");
      case Map<?, ?> map -> "{" + entries(map) + "}";
      case DictionaryView view -> view.type() + "([" + items(view.items()) + "])";
      case Namespace namespace -> "<Namespace {" + entries(namespace.values()) + "}>";
      case LoopContext loop -> "<LoopContext " + (loop.index() + 1) + "/" + loop.length() + ">";
      case Macro macro -> "<Macro " + repr(macro.name()) + ">";
      default ->
          // Python writes where in memory it is, which differs each time.
          throw new TemplateFailure(
              "a " + Values.type(value) + " cannot be written out: make a list or a text of it");
    };
  }

  private static String items(List<?> items) {
    return items.stream().map(PythonText::repr).collect(Collectors.joining(", "));
  }

  private static String entries(Map<?, ?> map) {
    return map.entrySet().stream()
        .map(entry -> repr(entry.getKey()) + ": " + repr(entry.getValue()))
        .collect(Collectors.joining(", "));
  }

  /** The fewest digits that identify the number, with an exponent below 1e-4 and from 1e16. */
  static String number(double number) {
    if (Double.isNaN(number)) {
      return "nan";
    }
    if (Double.isInfinite(number)) {
      return number > 0 ? "inf" : "-inf";
    }
    if (number == 0) {
      return 1 / number < 0 ? "-0.0" : "0.0";
    }
    BigDecimal exact = new BigDecimal(Double.toString(number)).stripTrailingZeros();
    int exponent = exact.precision() - exact.scale() - 1;
    if (exponent >= -4 && exponent < 16) {
      return (exact.scale() <= 0 ? exact.setScale(1) : exact).toPlainString();
    }
    String digits = exact.unscaledValue().abs().toString();
    String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    return (number < 0 ? "-" : "")
        + mantissa
        + String.format(Locale.ROOT, "e%s%02d", exponent < 0 ? "-" : "+", Math.abs(exponent));
  }

  private static String quoted(String text) {
    char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
    StringBuilder result = new StringBuilder(text.length() + 2).append(quote);
    text.codePoints().forEach(c -> escape(c, quote, result));
    return result.append(quote).toString();
  }

  private static void escape(int c, char quote, StringBuilder result) {
    switch (c) {
      case '\n' -> result.append("\\n");
      case '\r' -> result.append("\\r");
      case '\t' -> result.append("\\t");
      case '\\' -> result.append("\\\\");
      default -> {
        if (c == quote) {
          result.append('\\').append(quote);
        } else if (isPrintable(c)) {
          result.appendCodePoint(c);
        } else {
          String format = c < 0x100 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x";
          result.append(String.format(Locale.ROOT, format, c));
        }
      }
    }
  }

  private static boolean isPrintable(int c) {
    return switch ((byte) Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> c == ' ';
      default -> true;
    };
  }
}
