package org.longpo.training;

import java.util.List;

/**
 * The samples that one step learns from.
 *
 * @param step steps done before it
 * @param documents for each document of the step, in its order, a sample for each pair
 */
record StepSamples(int step, List<List<Sample>> documents) {
  StepSamples {
    documents = documents.stream().map(List::copyOf).toList();
  }
}
