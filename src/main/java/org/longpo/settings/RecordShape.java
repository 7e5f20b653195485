package org.longpo.settings;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.longpo.settings.Key.Default;

/** A record of options, component by component. */
record RecordShape(Class<? extends Record> type, List<Part> parts) {
  /** What a component is. */
  sealed interface Part {
    RecordComponent component();

    /** One option. */
    record Leaf(RecordComponent component, Key key, @Nullable DerivedDefault derived)
        implements Part {
      /** Whether the component is an {@code Optional} or a list, empty where there is no value. */
      boolean mayBeEmpty() {
        return isOptional(component)
            || (derived == null
                && component.getType() == List.class
                && key.fallback() instanceof Default.Described);
      }

      /** Whether giving it turns an optional group on. */
      boolean isSwitch() {
        return !mayBeEmpty() && derived == null && !(key.fallback() instanceof Default.Fixed);
      }
    }

    /** An option that names a variant, which has options of its own. */
    record Chosen(RecordComponent component, Key key) implements Part {}

    /** A record of further options. */
    record Group(RecordComponent component, RecordShape shape) implements Part {}

    /** A record of further options that is absent unless one of them, its switch, is given. */
    record OptionalGroup(RecordComponent component, RecordShape shape) implements Part {
      /** The options that turn it on, all of them together. */
      List<Key> switches() {
        return shape.parts().stream()
            .filter(part -> part instanceof Leaf leaf && leaf.isSwitch())
            .map(part -> ((Leaf) part).key())
            .toList();
      }
    }

    /** A value that the command supplies. */
    record FromCommand(RecordComponent component) implements Part {}
  }

  /** The shape of a record of options. */
  static RecordShape of(Class<? extends Record> type, Variants variants) {
    List<Part> parts = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      parts.add(part(component, variants));
    }
    return new RecordShape(type, List.copyOf(parts));
  }

  /** The keys of the options themselves, those of groups included, of variants not. */
  List<Key> keys() {
    List<Key> keys = new ArrayList<>();
    for (Part part : parts) {
      switch (part) {
        case Part.Leaf leaf -> keys.add(leaf.key());
        case Part.Chosen chosen -> keys.add(chosen.key());
        case Part.Group group -> keys.addAll(group.shape().keys());
        case Part.OptionalGroup group -> keys.addAll(group.shape().keys());
        case Part.FromCommand _ -> {}
      }
    }
    return keys;
  }

  /**
   * Adds the defaults that follow from other values, in the order of the components.
   *
   * @param found values by the components' names, to which the defaults are added
   * @param added takes each option that got its default
   */
  void addDerived(
      Map<String, Object> found, SuppliedValues supplied, BiConsumer<Part.Leaf, Object> added) {
    for (Part part : parts) {
      if (part instanceof Part.Leaf leaf
          && leaf.derived() != null
          && !found.containsKey(leaf.component().getName())) {
        leaf.derived()
            .of(found, supplied)
            .ifPresent(
                value -> {
                  found.put(leaf.component().getName(), value);
                  added.accept(leaf, value);
                });
      }
    }
  }

  private static Part part(RecordComponent component, Variants variants) {
    Option option = Annotations.find(component, Option.class);
    if (option != null) {
      return option(component, option, variants);
    }
    if (component.isAnnotationPresent(Supplied.class)) {
      return new Part.FromCommand(component);
    }
    if (component.getType().isRecord()) {
      return new Part.Group(component, of(asRecord(component.getType()), variants));
    }
    if (component.getGenericType() instanceof ParameterizedType generic
        && generic.getRawType() == Optional.class
        && generic.getActualTypeArguments()[0] instanceof Class<?> held
        && held.isRecord()) {
      return new Part.OptionalGroup(component, of(asRecord(held), variants));
    }
    throw new IllegalArgumentException(
        "%s.%s is no option, no record of options, and not supplied"
            .formatted(component.getDeclaringRecord().getName(), component.getName()));
  }

  private static Part option(RecordComponent component, Option option, Variants variants) {
    ValueType<?> type = JavaTypes.of(component, option, variants);
    Key key =
        new Key(
            name(component),
            name(component),
            type,
            fallback(component, option, type),
            option.meaning(),
            option.decidesResult());
    if (JavaTypes.isChoiceOfVariants(component.getType())
        && option.type() == ValueType.Factory.OfJavaType.class) {
      return new Part.Chosen(
          component, key.withMeaning(key.meaning() + " One of " + type.expected() + "."));
    }
    return new Part.Leaf(
        component,
        key,
        option.derivedBy() == DerivedDefault.None.class ? null : Instances.of(option.derivedBy()));
  }

  private static Default fallback(RecordComponent component, Option option, ValueType<?> type) {
    if (!option.defaultValue().isEmpty()) {
      return new Default.Fixed(
          type.parse(List.of(option.defaultValue()))
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "%s.%s has the default %s, expected %s"
                              .formatted(
                                  component.getDeclaringRecord().getName(),
                                  component.getName(),
                                  option.defaultValue(),
                                  type.expected()))));
    }
    return option.defaultText().isEmpty()
        ? new Default.Missing()
        : new Default.Described(option.defaultText());
  }

  /** The name of a component's option. */
  static String name(RecordComponent component) {
    Option option = Annotations.find(component, Option.class);
    return option == null || option.name().isEmpty()
        ? snakeCase(component.getName())
        : option.name();
  }

  static boolean isOptional(RecordComponent component) {
    Class<?> type = component.getType();
    return type == Optional.class || type == OptionalInt.class || type == OptionalDouble.class;
  }

  static Class<? extends Record> asRecord(Class<?> type) {
    return type.asSubclass(Record.class);
  }

  static String snakeCase(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }
}
