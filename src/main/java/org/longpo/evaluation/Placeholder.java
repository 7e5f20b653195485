package org.longpo.evaluation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.longpo.error.UserError;
import org.longpo.settings.ValueType;

/** Placeholders in the wordings that users may set. */
public final class Placeholder {
  private static final Pattern NAME = Pattern.compile("\\{(\\w+)}");

  private Placeholder() {}

  /**
   * The type of an option that is a text with placeholders, each once.
   *
   * @param expected completes "expected ...", as in {@link ValueType#expected}
   */
  public static ValueType<String> type(String expected, String... placeholders) {
    return new ValueType<>(
        "TEXT",
        expected,
        List.of(),
        ValueType.Shape.SCALAR,
        words ->
            words.size() == 1
                    && Stream.of(placeholders).allMatch(name -> isOnce(words.getFirst(), name))
                ? Optional.of(words.getFirst())
                : Optional.empty(),
        text -> text);
  }

  /**
   * Where the placeholder begins.
   *
   * @throws UserError unless it occurs exactly once
   */
  public static int only(String template, String placeholder) {
    if (!isOnce(template, placeholder)) {
      throw new UserError("'" + template + "' must have " + placeholder + " exactly once.");
    }
    return template.indexOf(placeholder);
  }

  /**
   * A template with what stands for its names in braces; what stands for a name is never searched
   * for names.
   */
  public static String filled(String template, Map<String, String> values) {
    return NAME.matcher(template)
        .replaceAll(
            name -> {
              String value = values.get(name.group(1));
              if (value == null) {
                throw new IllegalStateException("nothing stands for " + name.group());
              }
              return Matcher.quoteReplacement(value);
            });
  }

  private static boolean isOnce(String template, String placeholder) {
    int at = template.indexOf(placeholder);
    return at >= 0 && template.indexOf(placeholder, at + 1) < 0;
  }
}
