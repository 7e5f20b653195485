package org.longpo.settings;

import java.util.Locale;

/** A value with a name in settings; an enum without it is called by its constant in lower case. */
public interface Named {
  /** The name, as a user writes it. */
  String key();

  /** The name of a value in settings. */
  static String of(Enum<?> value) {
    return value instanceof Named named ? named.key() : value.name().toLowerCase(Locale.ROOT);
  }
}
