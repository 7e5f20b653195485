package org.longpo.settings;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * An option as flags, files, help and print-outs know it.
 *
 * @param name snake_case; Hugging Face's or TRL's where they have one
 * @param fileName the name in files: the same, but for options of a command alone
 * @param type what its value may be
 * @param fallback what holds where nothing is given
 * @param meaning a sentence or two for the help; the default is added to it
 * @param decidesResult whether results depend on it
 */
public record Key(
    String name,
    String fileName,
    ValueType<?> type,
    Default fallback,
    String meaning,
    boolean decidesResult) {
  /** What holds where nothing is given. */
  public sealed interface Default {
    /** Always this. */
    record Fixed(Object value) implements Default {}

    /** It depends; {@code text} states on what and completes "Default: ...". */
    record Described(String text) implements Default {}

    /** It must be given. */
    record Missing() implements Default {}
  }

  /** The flag: {@code --learning-rate} of {@code learning_rate}. */
  public String flag() {
    return "--" + name.replace('_', '-');
  }

  /** The meaning with the default, as the help shows it. */
  public String description() {
    return switch (fallback) {
      case Default.Fixed(Object value) -> meaning + " Default: " + ended(type.show(value));
      case Default.Described(String text) -> meaning + " Default: " + ended(text);
      case Default.Missing() -> meaning + " Required.";
    };
  }

  private static String ended(String text) {
    return text.endsWith(".") || text.endsWith("?") ? text : text + ".";
  }

  public boolean isRequired() {
    return fallback instanceof Default.Missing;
  }

  /**
   * An option that several variants have under one name, with the meaning and default of each.
   *
   * @param keys by the variants' names
   */
  static Key ofVariants(Map<String, Key> keys) {
    Key first = keys.values().iterator().next();
    return new Key(
        first.name,
        first.fileName,
        typeOfAny(keys.values()),
        new Default.Described(
            keys.size() == 1
                ? first.defaultText()
                : listed(keys, Key::defaultText, "%2$s (%1$s)", ", ")),
        listed(keys, Key::meaning, "%1$s: %2$s", " "),
        first.decidesResult);
  }

  /** As an option that has no effect unless others are given. */
  Key onlyWith(List<Key> switches) {
    String names = String.join(", ", switches.stream().map(Key::name).toList());
    return fallback instanceof Default.Fixed(Object value)
        ? new Key(
            name,
            fileName,
            type,
            new Default.Described(type.show(value) + ", with " + names),
            meaning,
            decidesResult)
        : this;
  }

  Key withFileName(String other) {
    return new Key(name, other, type, fallback, meaning, decidesResult);
  }

  Key withMeaning(String text) {
    return new Key(name, fileName, type, fallback, text, decidesResult);
  }

  private String defaultText() {
    return switch (fallback) {
      case Default.Fixed(Object value) -> type.show(value);
      case Default.Described(String text) -> text;
      case Default.Missing() -> "none, it must be given";
    };
  }

  /** Equal texts once, with the names of all that have them. */
  private static String listed(
      Map<String, Key> keys, Function<Key, String> text, String format, String separator) {
    Map<String, List<String>> owners = new LinkedHashMap<>();
    keys.forEach(
        (owner, key) ->
            owners.computeIfAbsent(text.apply(key), own -> new ArrayList<>()).add(owner));
    return owners.entrySet().stream()
        .map(entry -> format.formatted(String.join(", ", entry.getValue()), entry.getKey()))
        .collect(Collectors.joining(separator));
  }

  /** Accepts values that at least one of them accepts; the chosen variant checks them again. */
  @SuppressWarnings("unchecked")
  private static ValueType<?> typeOfAny(Collection<Key> keys) {
    ValueType<Object> first = (ValueType<Object>) keys.iterator().next().type;
    return new ValueType<>(
        first.label(),
        keys.stream()
            .map(key -> key.type.expected())
            .distinct()
            .collect(Collectors.joining(", or ")),
        first.names(),
        first.shape(),
        words ->
            keys.stream()
                .map(key -> ((ValueType<Object>) key.type).parse(words))
                .flatMap(Optional::stream)
                .findFirst(),
        first::show);
  }
}
