package org.longpo.evaluation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** The rows of a task from its items' results. */
public final class ResultRows {
  private ResultRows() {}

  /**
   * By growing length: every metric over all samples, then the headline metric by slice. A metric
   * has no row where no sample counts for it.
   */
  public static List<ResultRow> of(TaskInfo task, List<ItemResult> results) {
    Map<Integer, List<ItemResult>> byLength = new TreeMap<>();
    for (ItemResult result : results) {
      byLength.computeIfAbsent(result.length(), length -> new ArrayList<>()).add(result);
    }
    List<ResultRow> rows = new ArrayList<>();
    byLength.forEach(
        (tokens, ofLength) -> {
          OptionalInt length = tokens == 0 ? OptionalInt.empty() : OptionalInt.of(tokens);
          for (Metric metric : task.metrics()) {
            find(metric, ofLength, sample -> true)
                .map(
                    found -> new ResultRow(task.id(), length, Optional.empty(), metric.id(), found))
                .ifPresent(rows::add);
          }
          Metric headline = task.headline();
          for (Slice slice : slices(ofLength)) {
            find(headline, ofLength, sample -> isIn(slice, sample))
                .map(
                    found ->
                        new ResultRow(task.id(), length, Optional.of(slice), headline.id(), found))
                .ifPresent(rows::add);
          }
        });
    return List.copyOf(rows);
  }

  /** A metric over all samples of results; empty where none of them counts for it. */
  public static Optional<Estimate> find(Metric metric, List<ItemResult> results) {
    return find(metric, results, sample -> true);
  }

  private static Optional<Estimate> find(
      Metric metric, List<ItemResult> results, Predicate<Sample> taken) {
    Predicate<Sample> counted = taken.and(sample -> countsFor(metric, sample));
    List<List<Sample>> clusters =
        clusters(results).stream()
            .map(samples -> samples.stream().filter(counted).toList())
            .filter(samples -> !samples.isEmpty())
            .toList();
    return clusters.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Estimate.ofRatio(
                clusters.stream().mapToInt(List::size).sum(),
                clusters.stream().map(samples -> totals(metric, samples)).toList()));
  }

  /** A sample with nothing to divide by adds nothing to a ratio, and is not one of its samples. */
  private static boolean countsFor(Metric metric, Sample sample) {
    return metric.denominator().map(sample::value).orElse(1.0) != 0;
  }

  private static ClusteredError.Totals totals(Metric metric, List<Sample> samples) {
    return new ClusteredError.Totals(
        total(metric.numerator(), samples),
        metric.denominator().map(name -> total(name, samples)).orElse((double) samples.size()));
  }

  private static double total(String value, List<Sample> samples) {
    return samples.stream().mapToDouble(sample -> sample.value(value)).sum();
  }

  private static Collection<List<Sample>> clusters(List<ItemResult> results) {
    Map<Integer, List<Sample>> clusters = new TreeMap<>();
    for (ItemResult result : results) {
      clusters
          .computeIfAbsent(result.cluster(), cluster -> new ArrayList<>())
          .addAll(result.samples());
    }
    return clusters.values();
  }

  private static TreeSet<Slice> slices(List<ItemResult> results) {
    TreeSet<Slice> slices = new TreeSet<>();
    for (ItemResult result : results) {
      result.samples().forEach(sample -> sample.slice().ifPresent(slices::add));
    }
    return slices;
  }

  private static boolean isIn(Slice slice, Sample sample) {
    return sample.slice().equals(Optional.of(slice));
  }
}
