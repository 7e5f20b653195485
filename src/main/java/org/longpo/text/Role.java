package org.longpo.text;

import java.util.Locale;

/** The author of a message. */
public enum Role {
  SYSTEM,
  USER,
  ASSISTANT;

  /** As chat templates call it: {@code system}, {@code user}, {@code assistant}. */
  public String templateName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
