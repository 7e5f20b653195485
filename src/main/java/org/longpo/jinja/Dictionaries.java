package org.longpo.jinja;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Python's dictionaries, where 1, 1.0 and true are one key. */
final class Dictionaries {
  private Dictionaries() {}

  static void put(Map<Object, Object> dictionary, Object key, Object value) {
    dictionary.put(key(dictionary, key), value);
  }

  static @Nullable Object get(Map<?, ?> dictionary, Object key) {
    return dictionary.get(key(dictionary, key));
  }

  /** The equal key that is already there, else the given one. */
  private static Object key(Map<?, ?> dictionary, Object key) {
    if ((key instanceof List<?> && !(key instanceof Range)) || key instanceof Map<?, ?>) {
      throw new TemplateFailure("unhashable type: " + PythonText.repr(Values.type(key)));
    }
    if (key instanceof Number || key instanceof Boolean || key instanceof Markup) {
      for (Object present : dictionary.keySet()) {
        if (Comparisons.equal(present, key)) {
          return present;
        }
      }
    }
    return key;
  }
}
