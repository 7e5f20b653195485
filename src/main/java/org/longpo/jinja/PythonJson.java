package org.longpo.jinja;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * JSON as Python's {@code json.dumps} writes it.
 *
 * @param indent of one level, or null for everything on one line
 */
record PythonJson(
    @Nullable String indent,
    String itemSeparator,
    String keySeparator,
    boolean asciiOnly,
    boolean sorted) {

  /** The filter {@code tojson} as transformers has it: nothing is escaped for HTML. */
  static Object filter(Object value, Arguments arguments) {
    Arguments.Bound bound =
        arguments.bind("tojson", "ensure_ascii", "indent", "separators", "sort_keys");
    String indent =
        switch (bound.get("indent", None.NONE)) {
          case None _ -> null;
          case String text -> text;
          case Object width -> " ".repeat(Math.max(0, Values.index(width)));
        };
    String item = indent == null ? ", " : ",";
    String key = ": ";
    Object separators = bound.get("separators", None.NONE);
    if (separators != None.NONE) {
      List<Object> both = Values.list(separators);
      if (both.size() != 2) {
        throw new TemplateFailure("tojson wants two separators, not " + both.size());
      }
      item = Values.text(both.get(0), "tojson");
      key = Values.text(both.get(1), "tojson");
    }
    PythonJson json =
        new PythonJson(indent, item, key, bound.flag("ensure_ascii"), bound.flag("sort_keys"));
    StringBuilder out = new StringBuilder();
    json.write(value, out, 0);
    return out.toString();
  }

  private void write(Object value, StringBuilder out, int depth) {
    switch (value) {
      case None _ -> out.append("null");
      case Boolean truth -> out.append(truth);
      case BigInteger number -> out.append(number);
      case Double number -> out.append(number(number));
      case String text -> string(text, out);
      case Markup markup -> string(markup.text(), out);
      case Range _ -> throw notSerializable(value);
      case List<?> list -> list(list, out, depth);
      case Tuple tuple -> list(tuple.items(), out, depth);
      case Map<?, ?> map -> map(map, out, depth);
      default -> throw notSerializable(value);
    }
  }

  private static TemplateFailure notSerializable(Object value) {
    return new TemplateFailure(
        "Object of type " + Values.type(value) + " is not JSON serializable");
  }

  private static String number(double number) {
    if (Double.isInfinite(number)) {
      return number > 0 ? "Infinity" : "-Infinity";
    }
    return Double.isNaN(number) ? "NaN" : PythonText.number(number);
  }

  private void list(List<?> list, StringBuilder out, int depth) {
    out.append('[');
    for (int i = 0; i < list.size(); i++) {
      begin(out, i, depth);
      write(list.get(i), out, depth + 1);
    }
    end(out, list.isEmpty(), depth).append(']');
  }

  private void map(Map<?, ?> map, StringBuilder out, int depth) {
    out.append('{');
    int i = 0;
    for (var entry : entries(map).entrySet()) {
      begin(out, i++, depth);
      string(key(entry.getKey()), out);
      out.append(keySeparator);
      write(entry.getValue(), out, depth + 1);
    }
    end(out, map.isEmpty(), depth).append('}');
  }

  private Map<Object, Object> entries(Map<?, ?> map) {
    Map<Object, Object> entries =
        sorted
            ? new TreeMap<>((left, right) -> Comparisons.compare(left, right, "<"))
            : new LinkedHashMap<>();
    entries.putAll(map);
    return entries;
  }

  private static String key(Object key) {
    return switch (key) {
      case String text -> text;
      case Markup markup -> markup.text();
      case None _ -> "null";
      case Boolean truth -> truth.toString();
      case BigInteger number -> number.toString();
      case Double number -> number(number);
      default ->
          throw new TemplateFailure(
              "keys must be str, int, float, bool or None, not " + Values.type(key));
    };
  }

  private void begin(StringBuilder out, int index, int depth) {
    out.append(index == 0 ? "" : itemSeparator);
    line(out, depth + 1);
  }

  private StringBuilder end(StringBuilder out, boolean empty, int depth) {
    if (!empty) {
      line(out, depth);
    }
    return out;
  }

  private void line(StringBuilder out, int depth) {
    if (indent != null) {
      out.append('\n').repeat(indent, depth);
    }
  }

  private void string(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\f' -> out.append("\\f");
        case '\b' -> out.append("\\b");
        default -> {
          if (c < 0x20 || (asciiOnly && c > 0x7E)) {
            out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
