package org.longpo.settings;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.longpo.error.UserError;

/** The options of one command: what was given as a flag or in the file, and the defaults. */
public final class OptionValues {
  private final Schema schema;
  private final Map<String, Key> known = new LinkedHashMap<>();
  private final Map<String, WrittenValue> given = new LinkedHashMap<>();
  private final boolean isShared;

  /**
   * @param schema the command's options
   * @param file what {@link OptionFile#read} found; options of other commands are left alone
   * @param flags by the options' names; they win over the file
   * @throws UserError if a flag's value is none of its option
   */
  public OptionValues(
      Schema schema, Map<String, WrittenValue> file, Map<String, WrittenValue> flags) {
    this(schema, false);
    for (Key key : schema.keys()) {
      known.put(key.name(), key);
      Optional.ofNullable(file.get(key.fileName()))
          .ifPresent(value -> given.put(key.name(), value));
      Optional.ofNullable(flags.get(key.name()))
          .ifPresent(
              value -> {
                value.check(key);
                given.put(key.name(), value);
              });
    }
  }

  private OptionValues(Schema schema, boolean isShared) {
    this.schema = schema;
    this.isShared = isShared;
  }

  /**
   * A record of options.
   *
   * @param supplied what its other components, and defaults, follow from
   * @throws UserError if an option is missing, or the record refuses the values together
   */
  public <R extends Record> R read(Class<R> type, SuppliedValues supplied) {
    return new RecordReader(this, supplied, /* isDraft= */ false).read(type);
  }

  /** As {@link #read(Class, SuppliedValues)}, of a record that needs no other values. */
  public <R extends Record> R read(Class<R> type) {
    return read(type, SuppliedValues.NONE);
  }

  /**
   * A record for each of several variants; an option that was given goes to every variant that has
   * it.
   *
   * @param selector the option that chooses the variant
   * @param interfaceType of the variants
   * @param names of the variants
   * @throws UserError also if an option was given that none of them has
   */
  public <R extends Record> Map<String, R> readEach(
      Class<R> type,
      String selector,
      Class<?> interfaceType,
      List<String> names,
      SuppliedValues supplied) {
    Map<String, R> records = new LinkedHashMap<>();
    Set<String> used = new HashSet<>();
    for (String name : names) {
      OptionValues choosing = new OptionValues(schema, /* isShared= */ true);
      choosing.known.putAll(known);
      choosing.given.putAll(given);
      choosing.given.put(
          selector, new WrittenValue(List.of(name), new WrittenValue.Origin.AsFlag()));
      RecordReader reader = new RecordReader(choosing, supplied, /* isDraft= */ false);
      records.put(name, reader.read(type));
      used.addAll(reader.used());
    }
    new VariantOptions(schema.variants(), interfaceType).requireUsed(this, used);
    return records;
  }

  /**
   * The value that was given for an option, or its default if that does not depend on other things.
   *
   * @throws UserError if the value is not allowed for this option
   */
  Optional<?> find(Key key) {
    WrittenValue value = given.get(key.name());
    if (value != null) {
      value.check(key);
      return key.type().parse(value.words());
    }
    return key.fallback() instanceof Key.Default.Fixed(Object fixed)
        ? Optional.of(fixed)
        : Optional.empty();
  }

  /** The value of one option: what was given, or a default that does not depend on other things. */
  public Optional<?> find(String name) {
    return find(known(name));
  }

  /** Whether a value was given for an option. */
  public boolean isGiven(String name) {
    return given.containsKey(known(name).name());
  }

  boolean isGiven(Key key) {
    return given.containsKey(key.name());
  }

  /** Whether an option was given for the variant that is read, and not for several at once. */
  boolean isGivenStrictly(String name) {
    return !isShared && given.containsKey(name);
  }

  /** What was given for an option. */
  Optional<WrittenValue> given(Key key) {
    return Optional.ofNullable(given.get(key.name()));
  }

  /** The option with its place, as the head of a complaint: {@code recipe.yaml:12: beta}. */
  public String where(String name) {
    Key key = known(name);
    return given(key).map(value -> value.where(key)).orElse(key.flag());
  }

  Variants variants() {
    return schema.variants();
  }

  /**
   * Makes sure that everything is there that must be given.
   *
   * @throws UserError naming all that is missing
   */
  public void requireComplete() {
    List<Key> absent = new ArrayList<>();
    for (Key key : known.values()) {
      if (key.isRequired() && !isGiven(key)) {
        absent.add(key);
      }
    }
    if (!absent.isEmpty()) {
      throw missing(absent);
    }
  }

  private Key known(String name) {
    Key key = known.get(name);
    if (key == null) {
      throw new IllegalArgumentException("the command has no option " + name);
    }
    return key;
  }

  static UserError missing(List<Key> keys) {
    return new UserError(
        keys.stream()
                .map(key -> key.flag() + " " + key.type().label())
                .collect(Collectors.joining(", "))
            + (keys.size() == 1 ? " is missing" : " are missing")
            + "; give "
            + (keys.size() == 1 ? "it as a flag or as a key" : "them as flags or as keys")
            + " in the file of --config.");
  }
}
