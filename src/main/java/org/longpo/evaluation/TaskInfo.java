package org.longpo.evaluation;

import java.util.List;

/**
 * What everyone who shows a task's results has to know of it; it is part of {@code
 * evaluation.json}.
 *
 * @param id the name in {@code --tasks}, in rows and of the log: lower case with hyphens
 * @param version raised when items or scores change: results of another version are not continued
 * @param name such as "Needle in a haystack"
 * @param subject what a headline says was measured: "Right answers about a fact in the text"
 * @param units what items and clusters are called
 * @param metrics the first is the headline
 */
public record TaskInfo(
    String id,
    int version,
    String name,
    String subject,
    Context context,
    Units units,
    List<Metric> metrics) {
  /** What a task tests; reports show the kinds differently. */
  public enum Context {
    /** Long contexts: items have a length, and results are shown by length. */
    LONG,
    /** Long texts of a benchmark, as long as they are: results have no length. */
    LONG_TEXTS,
    /** What the model could do before: it must not become worse. */
    SHORT
  }

  /**
   * @param items what one pass of the model is about, in the plural: "haystacks"
   * @param clusters texts that several samples share: "haystacks", "passages", "documents"
   */
  public record Units(String items, String clusters) {}

  public TaskInfo {
    metrics = List.copyOf(metrics);
    if (metrics.isEmpty()) {
      throw new IllegalArgumentException("task " + id + " has no metric");
    }
  }

  public Metric headline() {
    return metrics.getFirst();
  }

  public Metric metric(String metricId) {
    return metrics.stream()
        .filter(metric -> metric.id().equals(metricId))
        .findFirst()
        .orElseThrow();
  }
}
