package org.longpo.settings;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.longpo.error.UserError;

/** The settings of one command: what was given as a flag or in the file, and defaults. */
public final class Settings {
  private final Map<String, Key<?>> known = new LinkedHashMap<>();
  private final Map<String, Given> given = new LinkedHashMap<>();

  /**
   * @param keys those of the command
   * @param file what {@link SettingsFile#read} found; keys of other commands are left alone
   * @param flags by the keys' names; they win over the file
   * @throws UserError if a flag's value is none of its key
   */
  public Settings(Collection<Key<?>> keys, Map<String, Given> file, Map<String, Given> flags) {
    for (Key<?> key : keys) {
      known.put(key.name(), key);
      Optional.ofNullable(file.get(key.name())).ifPresent(value -> given.put(key.name(), value));
      Optional.ofNullable(flags.get(key.name()))
          .ifPresent(
              value -> {
                SettingsFile.check(key, value);
                given.put(key.name(), value);
              });
    }
  }

  /**
   * The value that was given, or the default.
   *
   * @throws UserError if there is none and it must be given
   * @throws IllegalStateException if the default depends on other things; see {@link #find}
   */
  public <T> T get(Key<T> key) {
    return find(key)
        .orElseThrow(
            () ->
                key.isRequired()
                    ? missing(List.of(key))
                    : new IllegalStateException(key.name() + " has no default of its own"));
  }

  /** The value that was given, or the default if it does not depend on other things. */
  public <T> Optional<T> find(Key<T> key) {
    return given(key)
        .map(value -> key.type().parse(value.words()).orElseThrow())
        .or(
            () ->
                key.fallback() instanceof Key.Default.Fixed<T>(T value)
                    ? Optional.of(value)
                    : Optional.empty());
  }

  /** What somebody wrote down for a key. */
  public Optional<Given> given(Key<?> key) {
    return Optional.ofNullable(given.get(key.name()));
  }

  /** The key with its place, as the head of a complaint: {@code recipe.yaml:12: beta}. */
  public String where(Key<?> key) {
    return given(key).map(value -> value.where(key)).orElse(key.flag());
  }

  /**
   * Makes sure that everything is there that must be given.
   *
   * @throws UserError naming all that is missing
   */
  public void requireComplete() {
    List<Key<?>> absent =
        known.values().stream()
            .filter(key -> key.isRequired() && given(key).isEmpty())
            .collect(Collectors.toList());
    if (!absent.isEmpty()) {
      throw missing(absent);
    }
  }

  private static UserError missing(List<Key<?>> keys) {
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
