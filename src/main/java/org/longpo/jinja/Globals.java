package org.longpo.jinja;

import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The functions that every template has. */
final class Globals {
  private Globals() {}

  static void addTo(Scope scope, LocalDateTime now) {
    scope.set("range", (Callable) Globals::range);
    scope.set("dict", (Callable) Globals::dictionary);
    scope.set("namespace", (Callable) Namespace::of);
    scope.set("joiner", (Callable) Globals::joiner);
    scope.set(
        "raise_exception",
        (Callable)
            arguments -> {
              Object message = arguments.bind("raise_exception", "message").required("message");
              throw TemplateFailure.raisedByTemplate(PythonText.str(message));
            });
    scope.set(
        "strftime_now",
        (Callable)
            arguments ->
                Strftime.format(arguments.bind("strftime_now", "format").text("format"), now));
  }

  private static Object range(Arguments arguments) {
    List<Object> bounds = arguments.positional();
    if (bounds.isEmpty() || bounds.size() > 3 || !arguments.named().isEmpty()) {
      throw new TemplateFailure("range expected 1 to 3 arguments, got " + bounds.size());
    }
    long first = Values.index(bounds.getFirst());
    return switch (bounds.size()) {
      case 1 -> new Range(0, first, 1);
      case 2 -> new Range(first, Values.index(bounds.get(1)), 1);
      default -> new Range(first, Values.index(bounds.get(1)), Values.index(bounds.get(2)));
    };
  }

  /** {@code dict(pairs or dict, name=value)}. */
  static Map<Object, Object> dictionary(Arguments arguments) {
    Map<Object, Object> dictionary = new LinkedHashMap<>();
    if (arguments.positional().size() > 1) {
      throw new TemplateFailure(
          "dict expected at most 1 argument, got " + arguments.positional().size());
    }
    if (!arguments.positional().isEmpty()) {
      switch (arguments.positional().getFirst()) {
        case Map<?, ?> map -> dictionary.putAll(map);
        case Undefined undefined -> throw undefined.failure();
        case Object pairs -> {
          for (Object pair : Values.list(pairs)) {
            List<Object> both = Values.list(pair);
            if (both.size() != 2) {
              throw new TemplateFailure("dict wants pairs of a key and a value");
            }
            Dictionaries.put(dictionary, both.get(0), both.get(1));
          }
        }
      }
    }
    dictionary.putAll(arguments.named());
    return dictionary;
  }

  /** Nothing at first, then the separator. */
  private static Object joiner(Arguments arguments) {
    Object separator = arguments.bind("joiner", "sep").get("sep", ", ");
    boolean[] used = {false};
    return (Callable)
        none -> {
          Object text = used[0] ? separator : "";
          used[0] = true;
          return text;
        };
  }
}
