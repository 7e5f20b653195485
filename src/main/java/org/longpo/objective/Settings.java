package org.longpo.objective;

import org.longpo.error.UserError;

/** Range checks of the objectives' settings; NaN is out of every range. */
final class Settings {
  private Settings() {}

  static void requirePositive(String name, double value) {
    if (!(value > 0 && Double.isFinite(value))) {
      throw new UserError(name + " must be a positive number, but is " + value + ".");
    }
  }

  static void requireInRange(String name, double value, double from, double below) {
    if (!(value >= from && value < below)) {
      throw new UserError(
          name + " must be at least " + from + " and below " + below + ", but is " + value + ".");
    }
  }

  static void requireNotNegative(String name, double value) {
    if (!(value >= 0 && Double.isFinite(value))) {
      throw new UserError(name + " must be zero or a positive number, but is " + value + ".");
    }
  }
}
