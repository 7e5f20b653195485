package org.longpo.settings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.longpo.files.Json;

/**
 * Every option with its value and where that came from: a default, a line of a file, a flag. The
 * listing is itself a file of settings that gives the same values.
 */
public final class OptionListing {
  private final Schema schema;
  private final OptionValues values;
  private final Map<String, Object> derived = new LinkedHashMap<>();
  private final Map<String, String> idle = new LinkedHashMap<>();

  public OptionListing(Schema schema, OptionValues values) {
    this.schema = schema;
    this.values = values;
  }

  /**
   * Adds what a record's defaults come to, and which of its options have no effect.
   *
   * @param supplied what the command knows, once for every record that it makes of this type; a
   *     default that differs between them is shown as its rule
   * @throws org.longpo.error.UserError if the options that were given cannot stand together
   */
  public OptionListing of(Class<? extends Record> type, List<SuppliedValues> supplied) {
    Optional<Map<String, Object>> known = Optional.empty();
    for (SuppliedValues one : supplied) {
      RecordReader reader = new RecordReader(values, one, /* isDraft= */ true);
      reader.draft(type);
      idle.putAll(reader.idle());
      known.ifPresent(all -> all.entrySet().retainAll(reader.known().entrySet()));
      known = known.or(() -> Optional.of(new LinkedHashMap<>(reader.known())));
    }
    known.ifPresent(derived::putAll);
    return this;
  }

  /** The lines, section by section. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (Schema.Heading section : schema.sections()) {
      if (!lines.isEmpty()) {
        lines.add("");
      }
      lines.add("# " + section.title());
      section.keys().forEach(key -> lines.add(line(key)));
    }
    return lines;
  }

  private String line(Key key) {
    Optional<WrittenValue> given = values.given(key);
    if (given.isPresent()) {
      return line(key, words(key, given.get()), given.get().place(key));
    }
    String reason = idle.get(key.name());
    if (reason != null) {
      return absent(key, reason);
    }
    Object value = derived.get(key.name());
    if (value != null) {
      return line(key, printed(key, value), "default");
    }
    return switch (key.fallback()) {
      case Key.Default.Fixed(Object fixed) -> line(key, printed(key, fixed), "default");
      case Key.Default.Described(String text) -> absent(key, "default: " + text);
      case Key.Default.Missing() -> absent(key, "missing, it must be given");
    };
  }

  private static String line(Key key, String value, String remark) {
    return String.format("%-44s # %s", key.fileName() + ": " + value, remark);
  }

  private static String absent(Key key, String remark) {
    return String.format("%-44s # %s", "# " + key.fileName() + ":", remark);
  }

  private static String words(Key key, WrittenValue given) {
    Object value = key.type().parse(given.words()).orElseThrow();
    return switch (key.type().shape()) {
      case SCALAR, OBJECT, SWITCH, COMMAS -> printed(key, value);
      case WORDS -> given.words().stream().map(OptionListing::quoted).toList().toString();
    };
  }

  /** An object is JSON, which YAML reads; other values than lists of words are quoted. */
  private static String printed(Key key, Object value) {
    return switch (key.type().shape()) {
      case COMMAS -> "[" + key.type().show(value) + "]";
      case OBJECT -> {
        String text = key.type().show(value);
        yield JsonText.object(text).map(JsonText::of).orElseGet(() -> quoted(text));
      }
      case SCALAR, SWITCH -> quoted(key.type().show(value));
      case WORDS ->
          ((List<?>) value).stream().map(one -> quoted(one.toString())).toList().toString();
    };
  }

  /** What YAML would read as something else, in quotes. */
  private static String quoted(String text) {
    if (text.chars().anyMatch(Character::isISOControl)) {
      return Json.line(text);
    }
    return text.matches("[\\w./+]([\\w./+ -]*[\\w./+-])?") && !text.equalsIgnoreCase("null")
        ? text
        : "'" + text.replace("'", "''") + "'";
  }
}
