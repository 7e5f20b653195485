package org.longpo.evaluation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The answers or windows of results, by the text that they share. */
final class Clusters {
  private Clusters() {}

  static List<List<Answered>> ofAnswers(Collection<ItemResult> results) {
    return of(results, ItemResult::answers);
  }

  static List<List<WindowBits>> ofWindows(Collection<ItemResult> results) {
    return of(results, ItemResult::windows);
  }

  private static <T> List<List<T>> of(
      Collection<ItemResult> results, Function<ItemResult, List<T>> parts) {
    Map<Integer, List<T>> clusters = new TreeMap<>();
    for (ItemResult result : results) {
      clusters
          .computeIfAbsent(result.cluster(), cluster -> new ArrayList<>())
          .addAll(parts.apply(result));
    }
    return List.copyOf(clusters.values());
  }
}
