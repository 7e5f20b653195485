package org.longpo.settings;

import java.util.Map;
import java.util.Optional;

/**
 * The default of an option, where it depends on other options of its record or on what the command
 * knows. Implementations have a constructor without parameters.
 */
@FunctionalInterface
public interface DerivedDefault {
  /**
   * The default; empty if it cannot be known yet, as in a print-out without a model.
   *
   * @param options the record's other components by their names, those without a value left out
   * @param supplied what the command knows
   */
  Optional<?> of(Map<String, Object> options, SuppliedValues supplied);

  /** Stands for none. */
  final class None implements DerivedDefault {
    @Override
    public Optional<?> of(Map<String, Object> options, SuppliedValues supplied) {
      return Optional.empty();
    }
  }
}
