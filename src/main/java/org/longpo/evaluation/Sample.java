package org.longpo.evaluation;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The smallest thing that is scored: a question, or a window of text.
 *
 * @param slice the part of the task's samples that this one belongs to, such as a depth
 * @param promptSha256 the {@link PromptHash} of what the model read
 * @param values numbers by name; metrics are computed from them
 * @param answer the question with the model's answer; empty where the model was not asked
 */
public record Sample(
    Optional<Slice> slice,
    String promptSha256,
    Map<String, Double> values,
    Optional<AnsweredQuestion> answer) {
  public Sample {
    values = Collections.unmodifiableMap(new TreeMap<>(values));
  }

  double value(String name) {
    Double value = values.get(name);
    if (value == null) {
      throw new IllegalStateException("a sample has no value " + name + " but " + values.keySet());
    }
    return value;
  }
}
