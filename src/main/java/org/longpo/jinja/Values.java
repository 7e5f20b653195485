package org.longpo.jinja;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Python's values in Java: the names of their types, whether they are true, their items. */
final class Values {
  private Values() {}

  /**
   * What a template sees of a Java value.
   *
   * @throws IllegalArgumentException for anything but null, strings, truth values, numbers, lists
   *     and maps of such
   */
  static Object of(@Nullable Object value) {
    return switch (value) {
      case null -> None.NONE;
      case String text -> text;
      case Boolean truth -> truth;
      case BigInteger number -> number;
      case Integer number -> BigInteger.valueOf(number);
      case Long number -> BigInteger.valueOf(number);
      case Float number -> number.doubleValue();
      case Double number -> number;
      case BigDecimal number -> number.doubleValue();
      case List<?> list -> {
        List<Object> items = new ArrayList<>(list.size());
        list.forEach(item -> items.add(of(item)));
        yield items;
      }
      case Map<?, ?> map -> {
        Map<Object, Object> entries = new LinkedHashMap<>();
        map.forEach((key, item) -> entries.put(of(key), of(item)));
        yield entries;
      }
      default -> throw new IllegalArgumentException("no template variable: " + value.getClass());
    };
  }

  static boolean isTrue(Object value) {
    return switch (value) {
      case Boolean truth -> truth;
      case None _, Undefined _ -> false;
      case BigInteger number -> number.signum() != 0;
      case Double number -> number != 0;
      case String text -> !text.isEmpty();
      case Markup markup -> !markup.text().isEmpty();
      case List<?> list -> !list.isEmpty();
      case Map<?, ?> map -> !map.isEmpty();
      case Tuple tuple -> !tuple.items().isEmpty();
      case DictionaryView view -> !view.items().isEmpty();
      default -> true;
    };
  }

  /** Python's name of a value's type. */
  static String type(Object value) {
    return switch (value) {
      case None _ -> "NoneType";
      case Undefined _ -> "Undefined";
      case Boolean _ -> "bool";
      case BigInteger _ -> "int";
      case Double _ -> "float";
      case String _ -> "str";
      case Markup _ -> "Markup";
      case Range _ -> "range";
      case List<?> _ -> "list";
      case Map<?, ?> _ -> "dict";
      case Tuple _ -> "tuple";
      case DictionaryView view -> view.type();
      case Generator _ -> "generator";
      case Namespace _ -> "Namespace";
      case LoopContext _ -> "LoopContext";
      case Macro _ -> "Macro";
      case Callable _ -> "function";
      default -> value.getClass().getSimpleName();
    };
  }

  /** Its items in order; those of a generator can be read only once. */
  static @Nullable Iterator<Object> iteratorOrNull(Object value) {
    return switch (value) {
      case String text -> characters(text).iterator();
      case Markup markup -> characters(markup.text()).iterator();
      case List<?> list -> objects(list).iterator();
      case Tuple tuple -> tuple.items().iterator();
      case Map<?, ?> map -> new ArrayList<Object>(map.keySet()).iterator();
      case DictionaryView view -> view.items().iterator();
      case Generator generator -> generator.items();
      case LoopContext loop -> loop;
      case Undefined _ -> Collections.emptyIterator();
      default -> null;
    };
  }

  /** The items of what is not empty: of none and the like there are no items. */
  static Iterator<Object> iteratorIfTrue(Object value) {
    return isTrue(value) ? iterator(value) : Collections.emptyIterator();
  }

  static Iterator<Object> iterator(Object value) {
    Iterator<Object> iterator = iteratorOrNull(value);
    if (iterator == null) {
      throw new TemplateFailure(PythonText.repr(type(value)) + " object is not iterable");
    }
    return iterator;
  }

  static List<Object> list(Object value) {
    List<Object> items = new ArrayList<>();
    iterator(value).forEachRemaining(items::add);
    return items;
  }

  /** Its number of items or characters, or -1 if it has no length. */
  static int lengthOrMinusOne(Object value) {
    return switch (value) {
      case String text -> text.codePointCount(0, text.length());
      case Markup markup -> markup.text().codePointCount(0, markup.text().length());
      case List<?> list -> list.size();
      case Map<?, ?> map -> map.size();
      case Tuple tuple -> tuple.items().size();
      case DictionaryView view -> view.items().size();
      case LoopContext loop -> loop.length();
      case Undefined _ -> 0;
      default -> -1;
    };
  }

  static BigInteger length(Object value) {
    int length = lengthOrMinusOne(value);
    if (length < 0) {
      throw new TemplateFailure("object of type " + PythonText.repr(type(value)) + " has no len()");
    }
    return BigInteger.valueOf(length);
  }

  private static List<Object> characters(String text) {
    List<Object> characters = new ArrayList<>();
    text.codePoints().forEach(c -> characters.add(Character.toString(c)));
    return characters;
  }

  @SuppressWarnings("unchecked") // every list here is one of values
  static List<Object> objects(List<?> list) {
    return (List<Object>) list;
  }

  /** An integer or truth value as a number. */
  static int index(Object value) {
    BigInteger number =
        switch (value) {
          case BigInteger integer -> integer;
          case Boolean truth -> truth ? BigInteger.ONE : BigInteger.ZERO;
          case Undefined undefined -> throw undefined.failure();
          default ->
              throw new TemplateFailure(
                  PythonText.repr(type(value)) + " object cannot be interpreted as an integer");
        };
    return number
        .min(BigInteger.valueOf(Integer.MAX_VALUE))
        .max(BigInteger.valueOf(Integer.MIN_VALUE + 1))
        .intValue();
  }

  /** A text that has to be one. */
  static String text(Object value, String who) {
    return switch (value) {
      case String text -> text;
      case Markup markup -> markup.text();
      case Undefined undefined -> throw undefined.failure();
      default ->
          throw new TemplateFailure(who + " wants a str, not " + PythonText.repr(type(value)));
    };
  }
}
