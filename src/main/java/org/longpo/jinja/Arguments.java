package org.longpo.jinja;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The arguments of one call of a function, method, filter or test. */
record Arguments(List<Object> positional, Map<String, Object> named) {

  static Arguments of(Object... positional) {
    return new Arguments(List.of(positional), Map.of());
  }

  Arguments from(int first) {
    int size = positional.size();
    return new Arguments(positional.subList(Math.min(first, size), size), named);
  }

  /** Gives every argument its name, as a Python function of these parameters does. */
  Bound bind(String function, String... names) {
    if (positional.size() > names.length) {
      throw new TemplateFailure(
          function + " takes at most " + names.length + " arguments, not " + positional.size());
    }
    Map<String, Object> values = new HashMap<>();
    for (int i = 0; i < positional.size(); i++) {
      values.put(names[i], positional.get(i));
    }
    named.forEach(
        (name, value) -> {
          if (!Arrays.asList(names).contains(name)) {
            throw new TemplateFailure(
                function + " got an unexpected keyword argument " + PythonText.repr(name));
          }
          if (values.put(name, value) != null) {
            throw new TemplateFailure(
                function + " got multiple values for argument " + PythonText.repr(name));
          }
        });
    return new Bound(function, values);
  }

  /** Arguments by name. */
  record Bound(String function, Map<String, Object> values) {
    boolean has(String name) {
      return values.containsKey(name);
    }

    Object get(String name, Object otherwise) {
      return values.getOrDefault(name, otherwise);
    }

    Object required(String name) {
      Object value = values.get(name);
      if (value == null) {
        throw new TemplateFailure(function + " is missing its argument " + PythonText.repr(name));
      }
      return value;
    }

    boolean flag(String name) {
      return Values.isTrue(get(name, false));
    }

    int number(String name, int otherwise) {
      return values.containsKey(name) ? Values.index(required(name)) : otherwise;
    }

    /** A text, or {@code otherwise} where the argument is absent or {@code none}. */
    String text(String name, String otherwise) {
      Object value = get(name, None.NONE);
      return value == None.NONE ? otherwise : Values.text(value, function);
    }

    String text(String name) {
      return Values.text(required(name), function);
    }
  }

  /** The arguments with {@code first} put before them. */
  Arguments after(Object first) {
    List<Object> all = new ArrayList<>();
    all.add(first);
    all.addAll(positional);
    return new Arguments(all, named);
  }
}
