package org.longpo.settings;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.longpo.settings.ValueType.Shape;

/** The type of an option's values, from its component's Java type and annotations. */
final class JavaTypes {
  private JavaTypes() {}

  /** The type of a component's values; that of what an {@code Optional} holds. */
  static ValueType<?> of(RecordComponent component, Option option, Variants variants) {
    ValueType<?> type =
        option.type() == ValueType.Factory.OfJavaType.class
            ? of(component.getGenericType(), component, option.label(), variants)
            : Instances.of(option.type()).create();
    return option.label().isEmpty() ? type : type.labelled(option.label());
  }

  private static ValueType<?> of(
      Type type, RecordComponent component, String label, Variants variants) {
    if (type instanceof ParameterizedType generic) {
      Type element = generic.getActualTypeArguments()[0];
      if (generic.getRawType() == Optional.class) {
        return of(element, component, label, variants);
      }
      if (generic.getRawType() == List.class) {
        boolean isWords = element == Path.class || isFreeText(element, component);
        ValueType<?> each =
            element == Path.class ? ValueTypes.PATH : of(element, component, label, variants);
        return listOf(isWords ? Shape.WORDS : Shape.COMMAS, each);
      }
    }
    if (type instanceof Class<?> simple) {
      return ofSimple(simple, component, label, variants);
    }
    throw unknown(component);
  }

  private static <T> ValueType<List<T>> listOf(Shape shape, ValueType<T> element) {
    return ValueTypes.list(shape, element);
  }

  private static ValueType<?> ofSimple(
      Class<?> type, RecordComponent component, String label, Variants variants) {
    Range range = Annotations.find(component, Range.class);
    if (type == int.class || type == Integer.class || type == OptionalInt.class) {
      return Ranges.integer(range, Math::toIntExact);
    }
    if (type == long.class || type == Long.class) {
      return Ranges.integer(range, value -> value);
    }
    if (type == double.class || type == Double.class || type == OptionalDouble.class) {
      return Ranges.number(range);
    }
    if (type == boolean.class || type == Boolean.class) {
      return ValueTypes.SWITCH;
    }
    if (type == String.class) {
      return isFreeText(type, component) ? ValueTypes.TEXT : choice(words(component, variants));
    }
    if (type == Path.class) {
      return label.equals("DIR") || label.equals("RUN") ? ValueTypes.FOLDER : ValueTypes.FILE;
    }
    if (type == LocalDateTime.class) {
      return ValueTypes.DATE;
    }
    if (type.isEnum()) {
      return ValueTypes.constants(type);
    }
    if (isChoiceOfVariants(type)) {
      return choice(variants.names(type));
    }
    throw unknown(component);
  }

  /** Whether a component of this type is one of some records, each with options of its own. */
  static boolean isChoiceOfVariants(Class<?> type) {
    return type.isInterface() && type != Path.class && type != List.class;
  }

  private static boolean isFreeText(Type type, RecordComponent component) {
    return type == String.class && !component.isAnnotationPresent(Choice.class);
  }

  /** Without names, as where a record is only listed without its variants, any word will do. */
  private static ValueType<?> choice(List<String> names) {
    return names.isEmpty() ? ValueTypes.TEXT : ValueTypes.choice(names, name -> name);
  }

  private static List<String> words(RecordComponent component, Variants variants) {
    Choice choice = component.getAnnotation(Choice.class);
    return choice.of() == Void.class ? List.of(choice.value()) : variants.names(choice.of());
  }

  private static IllegalArgumentException unknown(RecordComponent component) {
    return new IllegalArgumentException(
        component.getDeclaringRecord().getName()
            + "."
            + component.getName()
            + " has a type that is no option's: "
            + component.getGenericType());
  }
}
