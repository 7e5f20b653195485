package org.longpo.reproduction;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.longpo.report.charts.StepPlot;

/**
 * Metrics of training by step, the rounds one after another: a round begins at the same step for
 * all arms.
 *
 * @param starts first step of each round that any of the arms has, by their order; from 1
 */
record TrainingCourse(Results results, List<Integer> starts) {
  TrainingCourse {
    starts = List.copyOf(starts);
  }

  static TrainingCourse of(Results results, List<Arm> arms) {
    List<Integer> starts = new ArrayList<>();
    int next = 1;
    for (int round : results.rounds().toArray()) {
      int steps = 0;
      for (Arm arm : arms) {
        steps = Math.max(steps, results.trained(arm, round).map(TrainingCourse::steps).orElse(0));
      }
      if (steps == 0) {
        break;
      }
      starts.add(next);
      next += steps;
    }
    return new TrainingCourse(results, starts);
  }

  private static int steps(Trained model) {
    return model.bySeed().values().stream()
        .flatMap(record -> record.training().metrics().values().stream())
        .mapToInt(List::size)
        .max()
        .orElse(0);
  }

  /** Where rounds after the first one begin. */
  List<Integer> roundStarts() {
    return starts.stream().skip(1).toList();
  }

  /** Means over seeds; empty if the arm has no such metric. */
  List<StepPlot.Point> points(Arm arm, String metric) {
    List<StepPlot.Point> points = new ArrayList<>();
    for (int i = 0; i < starts.size(); i++) {
      int start = starts.get(i);
      Optional<Trained> model = results.trained(arm, i + 1);
      List<Double> means = model.map(found -> means(found, metric)).orElse(List.of());
      for (int step = 0; step < means.size(); step++) {
        if (Double.isFinite(means.get(step))) {
          points.add(new StepPlot.Point(start + step, means.get(step)));
        }
      }
    }
    return points;
  }

  private static List<Double> means(Trained model, String metric) {
    List<List<Double>> bySeed =
        model.bySeed().values().stream()
            .flatMap(
                record -> Optional.ofNullable(record.training().metrics().get(metric)).stream())
            .toList();
    int common = bySeed.stream().mapToInt(List::size).min().orElse(0);
    List<Double> means = new ArrayList<>();
    for (int i = 0; i < common; i++) {
      int step = i;
      means.add(bySeed.stream().mapToDouble(values -> values.get(step)).average().orElseThrow());
    }
    return means;
  }
}
