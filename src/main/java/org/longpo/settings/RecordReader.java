package org.longpo.settings;

import java.lang.reflect.RecordComponent;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.longpo.error.UserError;
import org.longpo.settings.RecordShape.Part;

/** Makes records of options from what was given, defaults, and what the command supplies. */
final class RecordReader {
  private final OptionValues values;
  private final Variants variants;
  private final SuppliedValues supplied;
  private final boolean isDraft;
  private final Map<String, Object> known = new LinkedHashMap<>();
  private final Map<String, String> idle = new LinkedHashMap<>();
  private final Set<String> used = new HashSet<>();

  /**
   * @param isDraft whether values may be missing, as in a print-out; then no record is made
   */
  RecordReader(OptionValues values, SuppliedValues supplied, boolean isDraft) {
    this.values = values;
    this.variants = values.variants();
    this.supplied = supplied;
    this.isDraft = isDraft;
  }

  /** The record; only if this is no draft. */
  <R extends Record> R read(Class<R> type) {
    RecordShape shape = RecordShape.of(type, variants);
    return type.cast(make(shape, components(shape)));
  }

  /** Finds out what can be known of the record's options; refuses what cannot stand together. */
  void draft(Class<? extends Record> type) {
    group(RecordShape.of(type, variants));
  }

  /** Values by the options' names: those given, and defaults that are known. */
  Map<String, Object> known() {
    return known;
  }

  /** Options without effect, with the reason. */
  Map<String, String> idle() {
    return idle;
  }

  /** The names of the options that the record has. */
  Set<String> used() {
    return used;
  }

  private Map<String, Object> components(RecordShape shape) {
    Map<String, Object> found = new LinkedHashMap<>();
    for (Part part : shape.parts()) {
      value(part).ifPresent(value -> found.put(part.component().getName(), value));
    }
    shape.addDerived(found, supplied, (leaf, value) -> known.put(leaf.key().name(), value));
    return found;
  }

  private Optional<?> value(Part part) {
    return switch (part) {
      case Part.Leaf leaf -> leaf(leaf.key());
      case Part.Chosen chosen -> chosen(chosen);
      case Part.Group group -> group(group.shape());
      case Part.OptionalGroup group -> optionalGroup(group);
      case Part.FromCommand own -> supplied.find(own.component().getName());
    };
  }

  private Optional<?> leaf(Key key) {
    used.add(key.name());
    Optional<?> value = values.find(key);
    value.ifPresent(own -> known.put(key.name(), own));
    return value;
  }

  private Optional<?> group(RecordShape shape) {
    Map<String, Object> components = components(shape);
    return isDraft && !isComplete(shape, components)
        ? Optional.empty()
        : Optional.of(make(shape, components));
  }

  private static boolean isComplete(RecordShape shape, Map<String, Object> components) {
    return shape.parts().stream()
        .allMatch(
            part ->
                components.containsKey(part.component().getName())
                    || RecordShape.isOptional(part.component())
                    || (part instanceof Part.Leaf leaf && leaf.mayBeEmpty()));
  }

  private Optional<?> optionalGroup(Part.OptionalGroup optional) {
    RecordShape shape = optional.shape();
    List<Key> switches = optional.switches();
    if (switches.stream().allMatch(values::isGiven)) {
      return group(shape);
    }
    String names = String.join(", ", switches.stream().map(Key::name).toList());
    for (Key key : shape.keys()) {
      used.add(key.name());
      if (values.isGiven(key)) {
        throw new UserError(
            values.where(key.name()) + " has no effect without " + names + ": give that, too.");
      }
      if (!switches.contains(key)) {
        idle.put(key.name(), "no effect without " + names);
      }
    }
    return Optional.empty();
  }

  private Optional<?> chosen(Part.Chosen chosen) {
    used.add(chosen.key().name());
    Optional<?> name = values.find(chosen.key());
    if (name.isEmpty()) {
      return Optional.empty();
    }
    known.put(chosen.key().name(), name.get());
    Class<?> interfaceType = chosen.component().getType();
    Class<? extends Record> variant =
        variants.of(interfaceType).stream()
            .filter(type -> Variants.name(type).equals(name.get()))
            .findFirst()
            .orElseThrow();
    Set<String> before = new HashSet<>(used);
    Optional<?> record = group(RecordShape.of(variant, variants));
    Set<String> own = new HashSet<>(used);
    own.removeAll(before);
    VariantOptions options = new VariantOptions(variants, interfaceType);
    options.refuseForeign(values, chosen.key(), name.get().toString(), own);
    options.names().stream()
        .filter(option -> !used.contains(option))
        .forEach(option -> idle.put(option, "no setting of " + name.get()));
    return record;
  }

  private Record make(RecordShape shape, Map<String, Object> components) {
    Object[] arguments =
        shape.parts().stream().map(part -> argument(part, components)).toArray(Object[]::new);
    return Instances.record(shape.type(), arguments);
  }

  private Object argument(Part part, Map<String, Object> components) {
    RecordComponent component = part.component();
    Optional<Object> value = Optional.ofNullable(components.get(component.getName()));
    if (RecordShape.isOptional(component)) {
      return wrapped(component.getType(), value);
    }
    if (value.isEmpty() && part instanceof Part.Leaf leaf) {
      if (leaf.mayBeEmpty()) {
        return List.of();
      }
      if (leaf.key().isRequired()) {
        throw OptionValues.missing(List.of(leaf.key()));
      }
    }
    return value.orElseThrow(
        () ->
            new IllegalStateException(
                component.getDeclaringRecord().getName()
                    + "."
                    + component.getName()
                    + " has no value: the command must supply it or what its default follows"
                    + " from"));
  }

  static Object wrapped(Class<?> optional, Optional<Object> value) {
    if (optional == OptionalInt.class) {
      return value.map(n -> OptionalInt.of((Integer) n)).orElse(OptionalInt.empty());
    }
    if (optional == OptionalDouble.class) {
      return value.map(x -> OptionalDouble.of((Double) x)).orElse(OptionalDouble.empty());
    }
    return value;
  }
}
