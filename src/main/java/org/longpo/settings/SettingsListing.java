package org.longpo.settings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Every setting with its value and where that came from: a default, a line of a file, a flag. The
 * listing is itself a file of settings that gives the same values.
 */
public final class SettingsListing {
  private final Settings settings;
  private final Map<String, Object> resolved = new LinkedHashMap<>();
  private final Map<String, String> idle = new LinkedHashMap<>();

  public SettingsListing(Settings settings) {
    this.settings = settings;
  }

  /** Adds values of defaults that depend on other things, by the keys' names. */
  public SettingsListing resolved(Map<String, Object> values) {
    resolved.putAll(values);
    return this;
  }

  /** Says of a key why it has no value: "no setting of dpo". */
  public SettingsListing idle(Key<?> key, String reason) {
    idle.put(key.name(), reason);
    return this;
  }

  /** The lines, section by section. */
  public List<String> lines(List<Section> sections) {
    List<String> lines = new ArrayList<>();
    for (Section section : sections) {
      if (!lines.isEmpty()) {
        lines.add("");
      }
      lines.add("# " + section.title());
      section.keys().forEach(key -> lines.add(line(key)));
    }
    return lines;
  }

  private <T> String line(Key<T> key) {
    Optional<Given> given = settings.given(key);
    if (given.isPresent()) {
      return line(key, words(key, given.get()), given.get().place(key));
    }
    if (idle.containsKey(key.name())) {
      return absent(key, String.valueOf(idle.get(key.name())));
    }
    Object value = resolved.get(key.name());
    if (value != null) {
      return line(key, asWord(key, shown(value)), "default");
    }
    return switch (key.fallback()) {
      case Key.Default.Fixed<T> fixed -> line(key, printed(key, fixed.value()), "default");
      case Key.Default.Derived<T> derived -> absent(key, "default: " + derived.text());
      case Key.Default.Missing<T> _ -> absent(key, "missing, it must be given");
    };
  }

  private static String line(Key<?> key, String value, String remark) {
    return String.format("%-44s # %s", key.name() + ": " + value, remark);
  }

  private static String absent(Key<?> key, String remark) {
    return String.format("%-44s # %s", "# " + key.name() + ":", remark);
  }

  private static <T> String words(Key<T> key, Given given) {
    T value = key.type().parse(given.words()).orElseThrow();
    return switch (key.type().shape()) {
      case SCALAR, OBJECT, SWITCH, COMMAS -> printed(key, value);
      case WORDS -> given.words().stream().map(SettingsListing::quoted).toList().toString();
    };
  }

  private static <T> String printed(Key<T> key, T value) {
    String text = key.type().printer().apply(value);
    return asWord(key, text);
  }

  /** An object stands as it is, for YAML reads JSON; what is no list of words is quoted. */
  private static String asWord(Key<?> key, String text) {
    return switch (key.type().shape()) {
      case COMMAS -> "[" + text + "]";
      case OBJECT -> JsonText.object(text).map(JsonText::of).orElseGet(() -> quoted(text));
      case SCALAR, SWITCH, WORDS -> quoted(text);
    };
  }

  private static String shown(Object value) {
    return value instanceof Double number ? KeyTypes.show(number) : value.toString();
  }

  /** What YAML would read as something else, in quotes. */
  private static String quoted(String text) {
    return text.matches("[\\w./+]([\\w./+ -]*[\\w./+-])?") && !text.equalsIgnoreCase("null")
        ? text
        : "'" + text.replace("'", "''") + "'";
  }
}
