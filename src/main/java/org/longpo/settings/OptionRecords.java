package org.longpo.settings;

import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.longpo.settings.RecordShape.Part;

/** Records of options made, changed and listed by the options' names, without a command line. */
public final class OptionRecords {
  private OptionRecords() {}

  /**
   * A record with some values and the defaults of all other options.
   *
   * @param values by the names of options, also as a user writes them; variants are records.
   *     Components that are groups or supplied have their own names
   * @throws IllegalArgumentException if there is no option of a name
   * @throws org.longpo.error.UserError if the record refuses the values
   */
  public static <R extends Record> R of(Class<R> type, Map<String, ?> values) {
    RecordChange change = new RecordChange(values);
    R record = type.cast(change.make(RecordShape.of(type, Variants.NONE), Optional.empty()));
    change.requireAllUsed();
    return record;
  }

  /** A record with the values of another, but for some options. */
  public static <R extends Record> R with(R record, Map<String, ?> values) {
    RecordChange change = new RecordChange(values);
    Class<R> type = cast(record.getClass());
    R changed = type.cast(change.make(RecordShape.of(type, Variants.NONE), Optional.of(record)));
    change.requireAllUsed();
    return changed;
  }

  /** As {@link #with(Record, Map)}, for one option. */
  public static <R extends Record> R with(R record, String name, Object value) {
    return with(record, Map.of(name, value));
  }

  /**
   * All values by the options' names, in the order of the components; what is absent is left out. A
   * variant's name is followed by its own options.
   */
  public static Map<String, Object> byName(Record record) {
    return values(record, key -> true);
  }

  /** As {@link #byName}, for those options alone that results depend on. */
  public static Map<String, Object> deciding(Record record) {
    return values(record, Key::decidesResult);
  }

  private static Map<String, Object> values(Record record, Predicate<Key> chosen) {
    Map<String, Object> all = new LinkedHashMap<>();
    add(record, chosen, all);
    return all;
  }

  private static void add(Record record, Predicate<Key> wanted, Map<String, Object> all) {
    for (Part part : RecordShape.of(record.getClass(), Variants.NONE).parts()) {
      Object value = Instances.component(record, part.component());
      switch (part) {
        case Part.Leaf leaf -> {
          if (wanted.test(leaf.key())) {
            plain(value).ifPresent(own -> all.put(leaf.key().name(), own));
          }
        }
        case Part.Chosen chosen -> {
          if (wanted.test(chosen.key())) {
            all.put(chosen.key().name(), Variants.name(value.getClass()));
            add((Record) value, wanted, all);
          }
        }
        case Part.Group _ -> add((Record) value, wanted, all);
        case Part.OptionalGroup _ -> plain(value).ifPresent(own -> add((Record) own, wanted, all));
        case Part.FromCommand own -> {
          if (value instanceof Record options) {
            add(options, wanted, all);
          } else {
            all.put(RecordShape.snakeCase(own.component().getName()), value);
          }
        }
      }
    }
  }

  /** What JSON holds without a change; an enum by its name. */
  private static Optional<Object> plain(Object value) {
    return switch (value) {
      case Optional<?> optional -> optional.flatMap(OptionRecords::plain);
      case OptionalInt optional ->
          optional.isPresent() ? Optional.of(optional.getAsInt()) : Optional.empty();
      case OptionalDouble optional ->
          optional.isPresent() ? Optional.of(optional.getAsDouble()) : Optional.empty();
      case Enum<?> constant -> Optional.of(Named.of(constant));
      case Collection<?> list when list.isEmpty() -> Optional.empty();
      case List<?> list -> Optional.of(list.stream().map(one -> plain(one).orElseThrow()).toList());
      case Path path -> Optional.of(path.toString());
      default -> Optional.of(value);
    };
  }

  @SuppressWarnings("unchecked")
  private static <R extends Record> Class<R> cast(Class<? extends Record> type) {
    return (Class<R>) type;
  }
}
