package org.longpo.text;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.filter.AdvancedFilter;
import java.util.Map;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.longpo.files.Json;

/**
 * {@code tojson} as Python's {@code json.dumps(value, ensure_ascii=False)} spaces it, optionally
 * with {@code indent}.
 */
final class PythonJson implements AdvancedFilter {
  @Override
  public String getName() {
    return "tojson";
  }

  @Override
  public Object filter(
      Object value, JinjavaInterpreter interpreter, Object[] arguments, Map<String, Object> named) {
    Object indent = named.get("indent");
    return dumps(value, indent instanceof Number number ? number.intValue() : -1, 0);
  }

  private static String dumps(@Nullable Object value, int indent, int depth) {
    return switch (value) {
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(
                  e ->
                      Json.line(String.valueOf(e.getKey()))
                          + ": "
                          + dumps(e.getValue(), indent, depth + 1))
              .collect(joining("{", "}", map.isEmpty() ? -1 : indent, depth));
      case Iterable<?> list ->
          StreamSupport.stream(list.spliterator(), false)
              .map(item -> dumps(item, indent, depth + 1))
              .collect(joining("[", "]", list.iterator().hasNext() ? indent : -1, depth));
      case Number number -> number.toString();
      case Boolean flag -> flag.toString();
      case null -> "null";
      default -> Json.line(value.toString());
    };
  }

  private static Collector<CharSequence, ?, String> joining(
      String open, String close, int indent, int depth) {
    if (indent < 0) {
      return Collectors.joining(", ", open, close);
    }
    String inner = "\n" + " ".repeat(indent * (depth + 1));
    return Collectors.joining("," + inner, open + inner, "\n" + " ".repeat(indent * depth) + close);
  }
}
