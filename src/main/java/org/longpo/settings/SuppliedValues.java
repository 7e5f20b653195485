package org.longpo.settings;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** What a command knows besides its options, by name: a length, the model's window. */
public final class SuppliedValues {
  public static final SuppliedValues NONE = new SuppliedValues(Map.of(), name -> {});

  private final Map<String, Object> values;
  private final Consumer<String> listener;

  private SuppliedValues(Map<String, Object> values, Consumer<String> listener) {
    this.values = values;
    this.listener = listener;
  }

  /** One value. */
  public static SuppliedValues of(String name, Object value) {
    return NONE.with(name, value);
  }

  /**
   * Values by their names.
   *
   * @param listener takes the name of every value that is found
   */
  static SuppliedValues of(Map<String, ?> values, Consumer<String> listener) {
    return new SuppliedValues(new LinkedHashMap<>(values), listener);
  }

  /** These and one more. */
  public SuppliedValues with(String name, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(values);
    more.put(name, value);
    return new SuppliedValues(more, listener);
  }

  /** A value, if it was supplied. */
  public <T> Optional<T> find(String name, Class<T> type) {
    return find(name).map(type::cast);
  }

  Optional<Object> find(String name) {
    Optional<Object> value = Optional.ofNullable(values.get(name));
    value.ifPresent(found -> listener.accept(name));
    return value;
  }
}
