package org.longpo.evaluation;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * One figure of a model.
 *
 * @param task id of the task
 * @param length context length in tokens; empty where the task has none
 * @param slice the part of the samples that the row is about; empty: all of them
 * @param metric id of the metric
 */
public record ResultRow(
    String task, OptionalInt length, Optional<Slice> slice, String metric, Estimate estimate) {
  /** Whether it is about all samples of its task and length. */
  public boolean coversAllSamples() {
    return slice.isEmpty();
  }
}
