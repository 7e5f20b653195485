package org.longpo.reproduction;

import java.util.Map;
import java.util.function.IntFunction;
import org.longpo.objective.Objective;

/**
 * One way to train.
 *
 * @param id in lower case with hyphens, for folders and records
 * @param name for tables
 * @param objective by the length of the documents in tokens
 * @param pairs how its pairs differ from those of the others
 * @param options further options of training, by name
 * @param ratesOf id of the arm whose learning rate it has; its own id where it has its own
 */
public record Arm(
    String id,
    String name,
    IntFunction<Objective> objective,
    PairVariant pairs,
    Map<String, Object> options,
    String ratesOf) {
  public Arm {
    options = Map.copyOf(options);
  }

  /** On the pairs that all methods have, with a learning rate of its own. */
  static Arm of(String id, String name, IntFunction<Objective> objective) {
    return new Arm(id, name, objective, PairVariant.SAME, Map.of(), id);
  }

  boolean choosesRate() {
    return ratesOf.equals(id);
  }
}
