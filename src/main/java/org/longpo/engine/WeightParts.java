package org.longpo.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The weights of a model as what trains, stores and exports them sees them: parts that are asked
 * for one after the other.
 *
 * @param all in the order of a checkpoint
 */
public record WeightParts(List<WeightPart<?>> all) {
  public WeightParts {
    all = List.copyOf(all);
  }

  /** Every weight in the order of a checkpoint; values only while its part is leased. */
  List<Parameter> parameters() {
    return all.stream().flatMap(part -> part.parameters().stream()).toList();
  }

  /** Asks for the parts that have trained weights, one after the other. */
  public void forEachTrained(Consumer<Parameter> work) {
    for (WeightPart<?> part : all) {
      if (part.parameters().stream().anyMatch(Parameter::isTrained)) {
        try (Lease<?> ignored = part.lease()) {
          part.parameters().stream().filter(Parameter::isTrained).forEach(work);
        }
      }
    }
  }

  /** Every weight by its name, in the order of a checkpoint. */
  public Map<String, LeasedTensor> values() {
    return values(parameter -> true);
  }

  /** Those that are trained. */
  public Map<String, LeasedTensor> trainedValues() {
    return values(Parameter::isTrained);
  }

  private Map<String, LeasedTensor> values(Predicate<Parameter> which) {
    Map<String, LeasedTensor> values = new LinkedHashMap<>();
    for (WeightPart<?> part : all) {
      part.parameters().stream()
          .filter(which)
          .forEach(p -> values.put(p.name(), LeasedTensor.value(part, p)));
    }
    return values;
  }

  /** What the optimizer remembers of the trained weights, by {@code NAME.WEIGHT}. */
  public Map<String, LeasedTensor> remembered() {
    Map<String, LeasedTensor> remembered = new LinkedHashMap<>();
    for (WeightPart<?> part : all) {
      for (Parameter parameter : part.parameters()) {
        for (String name : parameter.remembered()) {
          remembered.put(
              name + "." + parameter.name(), LeasedTensor.remembered(part, parameter, name));
        }
      }
    }
    return remembered;
  }
}
