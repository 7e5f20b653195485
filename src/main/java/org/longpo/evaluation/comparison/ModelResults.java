package org.longpo.evaluation.comparison;

import java.util.List;
import java.util.Map;
import org.longpo.evaluation.Evaluation;
import org.longpo.evaluation.ItemResult;

/**
 * What was measured of one model.
 *
 * @param name of its column
 * @param figures those of all finished tasks
 * @param items the results that the figures were computed from, by the ids of the tasks
 */
public record ModelResults(String name, Evaluation figures, Map<String, List<ItemResult>> items) {
  public ModelResults {
    items = Map.copyOf(items);
  }
}
