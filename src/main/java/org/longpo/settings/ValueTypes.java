package org.longpo.settings;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoublePredicate;
import java.util.function.Function;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import org.longpo.files.FileNames;
import org.longpo.files.Json;
import org.longpo.settings.ValueType.Shape;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The types that options have. */
public final class ValueTypes {
  public static final ValueType<Boolean> SWITCH =
      new ValueType<>(
          "true|false",
          "true or false",
          List.of("true", "false"),
          Shape.SWITCH,
          one(
              word ->
                  switch (word.toLowerCase(Locale.ROOT)) {
                    case "true" -> Optional.of(true);
                    case "false" -> Optional.of(false);
                    default -> Optional.empty();
                  }),
          String::valueOf);
  public static final ValueType<String> TEXT =
      new ValueType<>(
          "TEXT",
          "some text",
          List.of(),
          Shape.SCALAR,
          one(word -> Optional.of(word).filter(text -> !text.isBlank())),
          text -> text);
  static final ValueType<Path> FILE = path("FILE", "a file");
  static final ValueType<Path> FOLDER = path("DIR", "a folder");
  static final ValueType<Path> PATH = path("PATH", "a path");

  /** Any text, also one that is empty or white space alone. */
  public static final class AnyText implements ValueType.Factory {
    @Override
    public ValueType<?> create() {
      return new ValueType<>(
          "TEXT", "some text", List.of(), Shape.SCALAR, one(Optional::of), text -> text);
    }
  }

  /** Texts that may be white space alone, but not empty. */
  public static final class AnyTexts implements ValueType.Factory {
    @Override
    public ValueType<?> create() {
      return list(
          Shape.WORDS,
          new ValueType<>(
              "TEXT",
              "a text that is not empty",
              List.of(),
              Shape.SCALAR,
              one(word -> Optional.of(word).filter(text -> !text.isEmpty())),
              text -> text));
    }
  }

  /** A date, or a date with a time; a date alone is its first moment. */
  public static final ValueType<LocalDateTime> DATE =
      new ValueType<>(
          "DATE",
          "a date such as 2026-11-27, or with a time, 2026-11-27T14:30",
          List.of(),
          Shape.SCALAR,
          one(ValueTypes::date),
          ValueTypes::show);

  /** A JSON object, or an object in a file. */
  public static ValueType<ObjectNode> object(String example) {
    return new ValueType<>(
        "JSON",
        "a JSON object such as " + example,
        List.of(),
        Shape.OBJECT,
        one(JsonText::object),
        JsonText::of);
  }

  private ValueTypes() {}

  /** Finite numbers. */
  static ValueType<Double> number(String expected, DoublePredicate allowed) {
    return new ValueType<>(
        "X",
        expected,
        List.of(),
        Shape.SCALAR,
        one(
            word ->
                decimal(word)
                    .map(BigDecimal::doubleValue)
                    .filter(x -> Double.isFinite(x) && allowed.test(x))),
        ValueTypes::show);
  }

  static <T> ValueType<T> integer(
      String expected, LongPredicate allowed, Function<Long, T> narrow) {
    return new ValueType<>(
        "N",
        expected,
        List.of(),
        Shape.SCALAR,
        one(
            word -> {
              try {
                return decimal(word)
                    .map(BigDecimal::longValueExact)
                    .filter(allowed::test)
                    .map(narrow);
              } catch (ArithmeticException e) {
                return Optional.empty();
              }
            }),
        String::valueOf);
  }

  /** One of some values, by name; case, and dash or underscore, do not matter. */
  public static <T> ValueType<T> choice(List<T> values, Function<T, String> name) {
    List<String> names = values.stream().map(name).toList();
    return new ValueType<>(
        "NAME",
        names.size() == 1
            ? names.getFirst()
            : String.join(", ", names.subList(0, names.size() - 1)) + " or " + names.getLast(),
        names,
        Shape.SCALAR,
        one(
            word ->
                values.stream()
                    .filter(value -> normalised(name.apply(value)).equals(normalised(word)))
                    .findFirst()),
        name);
  }

  /** One of an enum's values, by its {@link Named name}. */
  static ValueType<?> constants(Class<?> type) {
    return choice(
        Arrays.stream(type.getEnumConstants()).map(value -> (Enum<?>) value).toList(), Named::of);
  }

  /** Several values of a type, at least one. */
  public static <T> ValueType<List<T>> list(Shape shape, ValueType<T> of) {
    return new ValueType<>(
        of.label(),
        "one or more values, each " + of.expected(),
        of.names(),
        shape,
        words -> {
          List<T> values = new ArrayList<>();
          for (String word : words) {
            for (String part : shape == Shape.COMMAS ? word.split(",", -1) : new String[] {word}) {
              Optional<T> value = of.parse(List.of(shape == Shape.COMMAS ? part.strip() : part));
              if (value.isEmpty()) {
                return Optional.empty();
              }
              values.add(value.get());
            }
          }
          return values.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(values));
        },
        values -> values.stream().map(of.printer()).collect(Collectors.joining(", ")));
  }

  private static ValueType<Path> path(String label, String expected) {
    return new ValueType<>(
        label,
        expected,
        List.of(),
        Shape.SCALAR,
        one(word -> word.isBlank() ? Optional.empty() : Optional.of(FileNames.path(word))),
        Path::toString);
  }

  private static Optional<LocalDateTime> date(String word) {
    try {
      return Optional.of(
          word.contains("T")
              ? LocalDateTime.parse(word.strip())
              : LocalDate.parse(word.strip()).atStartOfDay());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** The day alone, where the time is the day's first. */
  public static String show(LocalDateTime date) {
    return date.equals(date.toLocalDate().atStartOfDay())
        ? date.toLocalDate().toString()
        : date.toString();
  }

  /** Values by name as a JSON object in one line. */
  public static String json(Map<String, JsonNode> values) {
    ObjectNode object = Json.mapper().createObjectNode();
    object.setAll(values);
    return JsonText.of(object);
  }

  /** As short as it reads back: 5e-7 and not 5.0E-7. */
  static String show(double x) {
    String text = Double.toString(x).replace("E", "e").replace(".0e", "e");
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  private static Optional<BigDecimal> decimal(String word) {
    try {
      return Optional.of(new BigDecimal(word.strip().replaceAll("(?<=\\d)_(?=\\d)", "")));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static <T> Function<List<String>, Optional<T>> one(Function<String, Optional<T>> parser) {
    return words -> words.size() == 1 ? parser.apply(words.getFirst()) : Optional.empty();
  }

  private static String normalised(String name) {
    return name.strip().toLowerCase(Locale.ROOT).replace('-', '_');
  }
}
