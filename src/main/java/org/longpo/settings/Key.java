package org.longpo.settings;

/**
 * One setting, the same in a file and as a flag.
 *
 * @param name in files, snake_case; Hugging Face's or TRL's where they have one
 * @param type what its value may be
 * @param fallback what holds where nothing is given
 * @param meaning a sentence or two for the help; the default is added to it
 */
public record Key<T>(String name, KeyType<T> type, Default<T> fallback, String meaning) {
  /** What holds where nothing is given. */
  public sealed interface Default<T> {
    /** Always this. */
    record Fixed<T>(T value) implements Default<T> {}

    /** It depends; {@code text} says on what and completes "Default: ...". */
    record Derived<T>(String text) implements Default<T> {}

    /** It must be given. */
    record Missing<T>() implements Default<T> {}
  }

  /** A setting with one default. */
  public static <T> Key<T> of(String name, KeyType<T> type, T value, String meaning) {
    return new Key<>(name, type, new Default.Fixed<>(value), meaning);
  }

  /**
   * A setting whose default depends on others, or is none.
   *
   * @param defaultText completes "Default: ..."
   */
  public static <T> Key<T> derived(
      String name, KeyType<T> type, String defaultText, String meaning) {
    return new Key<>(name, type, new Default.Derived<>(defaultText), meaning);
  }

  /** A setting that must be given. */
  public static <T> Key<T> required(String name, KeyType<T> type, String meaning) {
    return new Key<>(name, type, new Default.Missing<>(), meaning);
  }

  /** The flag: {@code --learning-rate} of {@code learning_rate}. */
  public String flag() {
    return "--" + name.replace('_', '-');
  }

  /** The meaning with the default, as the help shows it. */
  public String description() {
    return switch (fallback) {
      case Default.Fixed<T> fixed ->
          meaning + " Default: " + type.printer().apply(fixed.value()) + ".";
      case Default.Derived<T> derived -> meaning + " Default: " + derived.text() + ".";
      case Default.Missing<T> _ -> meaning + " Required.";
    };
  }

  public boolean isRequired() {
    return fallback instanceof Default.Missing;
  }
}
