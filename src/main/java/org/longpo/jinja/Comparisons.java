package org.longpo.jinja;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Python's comparisons. */
final class Comparisons {
  private Comparisons() {}

  static boolean holds(String operator, Object left, Object right) {
    return switch (operator) {
      case "==" -> equal(left, right);
      case "!=" -> !equal(left, right);
      case "<" -> compare(left, right, operator) < 0;
      case "<=" -> compare(left, right, operator) <= 0;
      case ">" -> compare(left, right, operator) > 0;
      case ">=" -> compare(left, right, operator) >= 0;
      case "in" -> contains(right, left);
      case "not in" -> !contains(right, left);
      default -> throw new IllegalArgumentException(operator);
    };
  }

  @SuppressWarnings("ReferenceEquality") // what has no value of its own equals itself alone
  static boolean equal(Object left, Object right) {
    Object number = number(left);
    Object other = number(right);
    if (number != null && other != null) {
      return compareNumbers(number, other) == 0;
    }
    String text = text(left);
    if (text != null) {
      return text.equals(text(right));
    }
    return switch (left) {
      case Undefined _ -> right instanceof Undefined;
      case List<?> list ->
          right instanceof List<?> others
              && list instanceof Range == others instanceof Range
              && equalItems(list, others);
      case Tuple tuple ->
          right instanceof Tuple others && equalItems(tuple.items(), others.items());
      case Map<?, ?> map -> right instanceof Map<?, ?> others && equalMaps(map, others);
      case DictionaryView view ->
          view == right || (right instanceof DictionaryView same && equalViews(view, same));
      default -> left == right;
    };
  }

  private static boolean equalItems(List<?> left, List<?> right) {
    if (left.size() != right.size()) {
      return false;
    }
    Iterator<?> others = right.iterator();
    return left.stream().allMatch(item -> equal(item, others.next()));
  }

  /** Keys and items are compared as sets; values never equal others. */
  private static boolean equalViews(DictionaryView left, DictionaryView right) {
    return !left.type().equals("dict_values")
        && !right.type().equals("dict_values")
        && left.items().size() == right.items().size()
        && left.items().stream().allMatch(item -> contains(right, item));
  }

  private static boolean equalMaps(Map<?, ?> left, Map<?, ?> right) {
    return left.size() == right.size()
        && left.entrySet().stream()
            .allMatch(
                entry -> {
                  Object other = Dictionaries.get(right, entry.getKey());
                  return other != null && equal(entry.getValue(), other);
                });
  }

  /** Negative, 0 or positive; {@code operator} is for the message only. */
  static int compare(Object left, Object right, String operator) {
    Object number = number(left);
    Object other = number(right);
    if (number != null && other != null) {
      return compareNumbers(number, other);
    }
    String text = text(left);
    String otherText = text(right);
    if (text != null && otherText != null) {
      return compareTexts(text, otherText);
    }
    boolean ranges = left instanceof Range || right instanceof Range;
    if (left instanceof List<?> list && right instanceof List<?> others && !ranges) {
      return compareItems(list, others, operator);
    }
    if (left instanceof Tuple tuple && right instanceof Tuple others) {
      return compareItems(tuple.items(), others.items(), operator);
    }
    if (left instanceof Undefined undefined) {
      throw undefined.failure();
    }
    if (right instanceof Undefined undefined) {
      throw undefined.failure();
    }
    throw new TemplateFailure(
        PythonText.repr(operator)
            + " not supported between instances of "
            + PythonText.repr(Values.type(left))
            + " and "
            + PythonText.repr(Values.type(right)));
  }

  private static int compareItems(List<?> left, List<?> right, String operator) {
    for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
      if (!equal(left.get(i), right.get(i))) {
        return compare(left.get(i), right.get(i), operator);
      }
    }
    return Integer.compare(left.size(), right.size());
  }

  /** By code points: Java's own order of characters is another one beyond U+FFFF. */
  private static int compareTexts(String left, String right) {
    int i = 0;
    int most = Math.min(left.length(), right.length());
    while (i < most && left.charAt(i) == right.charAt(i)) {
      i++;
    }
    return i == most
        ? Integer.compare(left.length(), right.length())
        : Integer.compare(left.codePointAt(i), right.codePointAt(i));
  }

  private static int compareNumbers(Object left, Object right) {
    if (left instanceof BigInteger integer && right instanceof BigInteger other) {
      return integer.compareTo(other);
    }
    double a = ((Number) left).doubleValue();
    double b = ((Number) right).doubleValue();
    if (Double.isNaN(a) || Double.isNaN(b)) {
      throw new TemplateFailure("not-a-number cannot be compared here");
    }
    if (Double.isInfinite(a) || Double.isInfinite(b)) {
      return Double.compare(a, b);
    }
    return exact(left).compareTo(exact(right));
  }

  private static BigDecimal exact(Object number) {
    return number instanceof BigInteger integer
        ? new BigDecimal(integer)
        : new BigDecimal((Double) number);
  }

  private static @Nullable Object number(Object value) {
    return switch (value) {
      case BigInteger _, Double _ -> value;
      case Boolean truth -> truth ? BigInteger.ONE : BigInteger.ZERO;
      default -> null;
    };
  }

  private static @Nullable String text(Object value) {
    return switch (value) {
      case String text -> text;
      case Markup markup -> markup.text();
      default -> null;
    };
  }

  static boolean contains(Object container, Object item) {
    String text = text(container);
    if (text != null) {
      String part = text(item);
      if (part == null) {
        throw new TemplateFailure(
            "'in <string>' requires string as left operand, not " + Values.type(item));
      }
      return text.contains(part);
    }
    if (container instanceof Map<?, ?> map) {
      return Dictionaries.get(map, item) != null;
    }
    Iterator<Object> items = Values.iteratorOrNull(container);
    if (items == null) {
      throw new TemplateFailure(
          "argument of type " + PythonText.repr(Values.type(container)) + " is not iterable");
    }
    while (items.hasNext()) {
      if (equal(items.next(), item)) {
        return true;
      }
    }
    return false;
  }
}
