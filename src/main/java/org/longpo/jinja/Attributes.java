package org.longpo.jinja;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads attributes and items, by the rules of Jinja's immutable sandbox. */
final class Attributes {
  private static final Set<String> LIST_CHANGES =
      Set.of("append", "clear", "pop", "reverse", "insert", "sort", "extend", "remove");
  private static final Set<String> DICTIONARY_CHANGES =
      Set.of("clear", "pop", "popitem", "setdefault", "update");

  private static final Set<String> NUMBERS = Set.of("real", "imag", "numerator", "denominator");
  private static final Set<String> MARKUP_METHODS =
      Set.of("strip", "lstrip", "rstrip", "upper", "lower", "title", "capitalize", "swapcase");

  private Attributes() {}

  /** {@code owner.name}: a method before an entry of a dictionary. */
  static Object attribute(Object owner, String name) {
    Object own = own(owner, name);
    if (own != null) {
      return own;
    }
    Object entry = owner instanceof Map<?, ?> map ? Dictionaries.get(map, name) : null;
    return entry == null ? Undefined.attribute(owner, name) : entry;
  }

  /** {@code owner[key]}: an entry before a method. */
  static Object item(Object owner, Object key) {
    if (owner instanceof Undefined undefined) {
      throw undefined.failure();
    }
    Object item =
        switch (owner) {
          case Map<?, ?> map when !(key instanceof Slice) -> Dictionaries.get(map, key);
          case String text -> ofText(text, key);
          case Markup markup ->
              ofText(markup.text(), key) instanceof String part ? new Markup(part) : null;
          case Range range when key instanceof Slice slice ->
              range.part(Positions.of(slice, range.size()));
          case List<?> list -> ofList(list, key);
          case Tuple tuple -> {
            Object found = ofList(tuple.items(), key);
            yield found instanceof List<?> part && key instanceof Slice
                ? Tuple.of(Values.objects(part))
                : found;
          }
          default -> {
            if (key instanceof Slice) {
              throw new TemplateFailure(
                  PythonText.repr(Values.type(owner)) + " object cannot be sliced");
            }
            yield null;
          }
        };
    if (item == null && key instanceof String name) {
      item = own(owner, name);
    }
    return item == null ? Undefined.element(owner, key) : item;
  }

  /** What an object has by its type. */
  static @Nullable Object own(Object owner, String name) {
    if (owner instanceof Undefined undefined) {
      throw undefined.failure();
    }
    if (name.startsWith("__") && name.endsWith("__")) {
      return Undefined.unsafe(owner, name);
    }
    return switch (owner) {
      case HasAttributes object -> object.attribute(name);
      case String text -> StringMethods.method(text, name);
      case Markup markup -> ofMarkup(markup, name);
      case BigInteger _, Double _, Boolean _ when NUMBERS.contains(name) ->
          throw new TemplateFailure(
              "the attribute " + PythonText.repr(name) + " of numbers is not supported");
      case Range range -> name.equals("copy") ? null : list(range, name);
      case List<?> list ->
          LIST_CHANGES.contains(name) ? Undefined.unsafe(list, name) : list(list, name);
      case Tuple tuple ->
          tuple.names().contains(name)
              ? tuple.items().get(tuple.names().indexOf(name))
              : name.equals("copy") ? null : list(tuple.items(), name);
      case Map<?, ?> map ->
          DICTIONARY_CHANGES.contains(name) ? Undefined.unsafe(map, name) : dictionary(map, name);
      default -> null;
    };
  }

  /** Marked text stays marked, and the methods that would have to escape arguments are refused. */
  private static @Nullable Callable ofMarkup(Markup markup, String name) {
    Callable method = StringMethods.method(markup.text(), name);
    return method == null ? null : ofMarkup(name, method);
  }

  private static Callable ofMarkup(String name, Callable method) {
    return arguments -> {
      Object value = MARKUP_METHODS.contains(name) ? method.call(arguments) : None.NONE;
      if (!(value instanceof String text)) {
        throw new TemplateFailure(
            "the method "
                + PythonText.repr(name)
                + " of text that is marked safe is not supported: call it before safe or escape");
      }
      return new Markup(text);
    };
  }

  private static @Nullable Callable list(List<?> list, String name) {
    return switch (name) {
      case "copy" -> arguments -> new ArrayList<>(list);
      case "count" ->
          arguments -> {
            Object item = arguments.bind(name, "value").required("value");
            return BigInteger.valueOf(
                list.stream().filter(other -> Comparisons.equal(other, item)).count());
          };
      case "index" ->
          arguments -> {
            Object item = arguments.bind(name, "value").required("value");
            for (int i = 0; i < list.size(); i++) {
              if (Comparisons.equal(list.get(i), item)) {
                return BigInteger.valueOf(i);
              }
            }
            throw new TemplateFailure(PythonText.repr(item) + " is not in list");
          };
      default -> null;
    };
  }

  private static @Nullable Callable dictionary(Map<?, ?> map, String name) {
    return switch (name) {
      case "get" ->
          arguments -> {
            Arguments.Bound bound = arguments.bind(name, "key", "default");
            Object value = Dictionaries.get(map, bound.required("key"));
            return value == null ? bound.get("default", None.NONE) : value;
          };
      case "keys" -> arguments -> new DictionaryView("dict_keys", new ArrayList<>(map.keySet()));
      case "values" ->
          arguments -> new DictionaryView("dict_values", new ArrayList<>(map.values()));
      case "items" -> arguments -> new DictionaryView("dict_items", items(map));
      case "copy" -> arguments -> new LinkedHashMap<Object, Object>(map);
      default -> null;
    };
  }

  static List<Object> items(Map<?, ?> map) {
    List<Object> items = new ArrayList<>();
    map.forEach((key, value) -> items.add(Tuple.of(key, value)));
    return items;
  }

  /** By code points, as Python counts characters. */
  private static @Nullable Object ofText(String text, Object key) {
    int length = text.codePointCount(0, text.length());
    if (key instanceof Slice slice) {
      return part(text, Positions.of(slice, length), length == text.length());
    }
    int index = position(key, length);
    return index < 0
        ? null
        : Character.toString(text.codePointAt(text.offsetByCodePoints(0, index)));
  }

  private static String part(String text, Positions positions, boolean oneCharEach) {
    int count = positions.count();
    if (oneCharEach && positions.step() == 1) {
      return text.substring(positions.start(), positions.start() + count);
    }
    int[] points = text.codePoints().toArray();
    StringBuilder part = new StringBuilder();
    for (int i = 0; i < count; i++) {
      part.appendCodePoint(points[positions.at(i)]);
    }
    return part.toString();
  }

  private static @Nullable Object ofList(List<?> list, Object key) {
    if (key instanceof Slice slice) {
      Positions positions = Positions.of(slice, list.size());
      List<Object> part = new ArrayList<>(positions.count());
      for (int i = 0; i < positions.count(); i++) {
        part.add(list.get(positions.at(i)));
      }
      return part;
    }
    int index = position(key, list.size());
    return index < 0 ? null : list.get(index);
  }

  /** From the start, or -1 if there is no such position. */
  private static int position(Object key, int length) {
    if (!(key instanceof BigInteger || key instanceof Boolean)) {
      return -1;
    }
    int index = Values.index(key);
    int position = index < 0 ? length + index : index;
    return position < length ? Math.max(position, -1) : -1;
  }
}
