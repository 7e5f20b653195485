package org.longpo.jinja;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@code namespace()} makes: the one thing whose attributes a template can set. */
record Namespace(Map<String, Object> values) implements HasAttributes {
  static Namespace of(Arguments arguments) {
    Map<String, Object> values = new LinkedHashMap<>();
    Globals.dictionary(arguments).forEach((key, value) -> values.put(PythonText.str(key), value));
    return new Namespace(values);
  }

  @Override
  public @Nullable Object attribute(String name) {
    return values.get(name);
  }
}
