package org.longpo.evaluation;

import org.longpo.error.UserError;

/** Placeholders in the wordings that users may set. */
public final class Placeholder {
  private Placeholder() {}

  /**
   * Where the placeholder begins.
   *
   * @throws UserError unless it occurs exactly once
   */
  public static int only(String template, String placeholder) {
    int at = template.indexOf(placeholder);
    if (at < 0 || template.indexOf(placeholder, at + 1) >= 0) {
      throw new UserError("'" + template + "' must have " + placeholder + " exactly once.");
    }
    return at;
  }
}
