package org.longpo.jinja;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Python's {@code '{} {name}'.format(...)}, with attributes, items and {@code !r}, {@code !s};
 * specifications after a colon are not supported.
 */
final class FormatString {
  private static final Pattern FIELD =
      Pattern.compile("\\{(?<name>[^{}!:.\\[]*)(?<path>[^{}!:]*)(?:!(?<conversion>[rs]))?\\}");
  private static final Pattern STEP =
      Pattern.compile("\\.(?<attribute>[^.\\[]+)|\\[(?<key>[^\\]]+)\\]");

  private FormatString() {}

  /** Refuses a format that cannot be filled in. */
  static void check(String format) {
    walk(format, (name, path, conversion) -> "");
  }

  static String format(String format, Arguments arguments) {
    int[] automatic = {0};
    boolean[] manual = {false};
    return walk(
        format,
        (name, path, conversion) -> {
          String key = name.isEmpty() ? String.valueOf(automatic[0]++) : name;
          manual[0] |= name.matches("\\d+");
          if (manual[0] && automatic[0] > 0) {
            throw new TemplateFailure("cannot mix fields with and without numbers");
          }
          Object value = follow(start(key, arguments), path);
          return "r".equals(conversion) ? PythonText.repr(value) : PythonText.str(value);
        });
  }

  private interface Field {
    String value(String name, String path, @Nullable String conversion);
  }

  private static String walk(String format, Field field) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < format.length()) {
      char c = format.charAt(at);
      if (format.startsWith("{{", at) || format.startsWith("}}", at)) {
        out.append(c);
        at += 2;
      } else if (c == '{') {
        Matcher matcher = FIELD.matcher(format).region(at, format.length());
        if (!matcher.lookingAt()) {
          throw new TemplateFailure(
              "the format "
                  + PythonText.repr(format)
                  + " is not supported: fields are {}, {0}, {name}");
        }
        out.append(
            field.value(matcher.group("name"), matcher.group("path"), matcher.group("conversion")));
        at = matcher.end();
      } else if (c == '}') {
        throw new TemplateFailure("Single '}' encountered in format string");
      } else {
        out.append(c);
        at++;
      }
    }
    return out.toString();
  }

  private static Object start(String key, Arguments arguments) {
    List<Object> positional = arguments.positional();
    if (key.matches("\\d{1,9}")) {
      int index = Integer.parseInt(key);
      if (index >= positional.size()) {
        throw new TemplateFailure(
            "Replacement index " + index + " out of range for positional args tuple");
      }
      return positional.get(index);
    }
    Object value = arguments.named().get(key);
    if (value == null) {
      throw new TemplateFailure("there is no value for " + PythonText.repr(key));
    }
    return value;
  }

  private static Object follow(Object start, String path) {
    Object value = start;
    Matcher step = STEP.matcher(path);
    while (step.find()) {
      String key = step.group("key");
      value =
          key == null
              ? Attributes.attribute(value, step.group("attribute"))
              : SelectionFilters.member(value, key);
    }
    return value;
  }
}
