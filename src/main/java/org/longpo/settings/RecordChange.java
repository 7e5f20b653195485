package org.longpo.settings;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.longpo.settings.RecordShape.Part;

/** Makes a record from values by name, those of an earlier record, and defaults, in this order. */
final class RecordChange {
  private final Map<String, ?> values;
  private final Set<String> used = new HashSet<>();

  RecordChange(Map<String, ?> values) {
    this.values = values;
  }

  void requireAllUsed() {
    if (!used.containsAll(values.keySet())) {
      Set<String> unknown = new HashSet<>(values.keySet());
      unknown.removeAll(used);
      throw new IllegalArgumentException("there are no options " + unknown);
    }
  }

  /**
   * @param earlier the record that is changed, if there is one
   */
  Record make(RecordShape shape, Optional<? extends Record> earlier) {
    Map<String, Object> found = new LinkedHashMap<>();
    for (Part part : shape.parts()) {
      Optional<Object> own = earlier.map(record -> Instances.component(record, part.component()));
      value(part, own).ifPresent(value -> found.put(part.component().getName(), value));
    }
    shape.addDerived(found, SuppliedValues.of(values, used::add), (_, _) -> {});
    Object[] arguments =
        shape.parts().stream().map(part -> argument(part, found)).toArray(Object[]::new);
    return Instances.record(shape.type(), arguments);
  }

  private Optional<Object> value(Part part, Optional<Object> earlier) {
    return switch (part) {
      case Part.Leaf leaf ->
          given(leaf.key().name())
              .map(value -> value instanceof String text ? parsed(leaf.key(), text) : value)
              .or(() -> leaf(leaf, earlier));
      case Part.Chosen chosen -> given(chosen.key().name()).or(() -> earlier);
      case Part.FromCommand own -> given(own.component().getName()).or(() -> earlier);
      case Part.Group group ->
          givenGroup(group)
              .or(() -> Optional.of(make(group.shape(), earlier.map(Record.class::cast))));
      case Part.OptionalGroup group ->
          givenGroup(group).or(() -> optionalGroup(group.shape(), earlier));
    };
  }

  private static Object parsed(Key key, String text) {
    return key.type()
        .parse(List.of(text))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    key.name() + " is " + text + ", expected " + key.type().expected()));
  }

  private Optional<Object> leaf(Part.Leaf leaf, Optional<Object> earlier) {
    return earlier.or(
        () ->
            leaf.key().fallback() instanceof Key.Default.Fixed(Object value)
                ? Optional.of(value)
                : Optional.empty());
  }

  private Optional<Object> optionalGroup(RecordShape shape, Optional<Object> earlier) {
    boolean isOn = shape.keys().stream().anyMatch(key -> values.containsKey(key.name()));
    return isOn
        ? Optional.of(
            make(shape, earlier.map(value -> (Record) ((Optional<?>) value).orElse(null))))
        : earlier;
  }

  /** A whole group; an option may have its name, too. */
  private Optional<Object> givenGroup(Part group) {
    String name = group.component().getName();
    return group.component().getType().isInstance(values.get(name))
        ? given(name)
        : Optional.empty();
  }

  private Optional<Object> given(String name) {
    Object value = values.get(name);
    if (value == null) {
      return Optional.empty();
    }
    used.add(name);
    return Optional.of(value);
  }

  private static Object argument(Part part, Map<String, Object> found) {
    Object value = found.get(part.component().getName());
    Class<?> type = part.component().getType();
    if (RecordShape.isOptional(part.component())) {
      return value != null && type.isInstance(value)
          ? value
          : RecordReader.wrapped(type, Optional.ofNullable(value));
    }
    if (value == null && type == List.class) {
      return List.of();
    }
    if (value == null) {
      throw new IllegalArgumentException(
          "%s.%s has no default: give it"
              .formatted(
                  part.component().getDeclaringRecord().getName(), part.component().getName()));
    }
    return value instanceof Number number && type == double.class
        ? number.doubleValue()
        : value instanceof Number number && type == long.class ? number.longValue() : value;
  }
}
