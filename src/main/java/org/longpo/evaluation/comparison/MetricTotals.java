package org.longpo.evaluation.comparison;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.TreeSet;
import org.longpo.evaluation.Estimate;
import org.longpo.evaluation.ItemResult;
import org.longpo.evaluation.Metric;
import org.longpo.evaluation.Sample;

/**
 * The totals of a metric by text and length: all that its mean over lengths depends on.
 *
 * <p>Texts are told apart by their cluster numbers. Those with the same number at several lengths
 * may be the same text or about the same questions, so they are one unit here: if they are, their
 * dependence is accounted for, and if they are not, nothing is lost but the order of their pairing.
 *
 * <p>Shapes: numerators and denominators [texts][lengths].
 */
final class MetricTotals {
  private final double[][] numerators;
  private final double[][] denominators;
  private final int samples;

  private MetricTotals(double[][] numerators, double[][] denominators, int samples) {
    this.numerators = numerators;
    this.denominators = denominators;
    this.samples = samples;
  }

  /**
   * @param lengths those that the mean is over; 0 stands for none. Items of others are left out
   */
  static MetricTotals of(Metric metric, List<ItemResult> items, List<Integer> lengths) {
    List<ItemResult> taken =
        items.stream().filter(item -> lengths.contains(item.length())).toList();
    List<Integer> texts =
        List.copyOf(new TreeSet<>(taken.stream().map(ItemResult::cluster).toList()));
    double[][] numerators = new double[texts.size()][lengths.size()];
    double[][] denominators = new double[texts.size()][lengths.size()];
    int samples = 0;
    for (ItemResult item : taken) {
      int text = Collections.binarySearch(texts, item.cluster());
      int length = lengths.indexOf(item.length());
      for (Sample sample : item.samples()) {
        double denominator = metric.denominator().map(name -> value(sample, name)).orElse(1.0);
        // A sample with nothing to divide by is none of this metric's.
        if (denominator != 0) {
          numerators[text][length] += value(sample, metric.numerator());
          denominators[text][length] += denominator;
          samples++;
        }
      }
    }
    return new MetricTotals(numerators, denominators, samples);
  }

  private static double value(Sample sample, String name) {
    Double value = sample.values().get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "a sample has no value " + name + " but " + sample.values().keySet());
    }
    return value;
  }

  int texts() {
    return numerators.length;
  }

  /**
   * The mean over lengths of the ratios of totals, over some texts.
   *
   * @param drawn rows of texts, each as often as it was drawn
   * @return NaN if none of them has a sample of one of the lengths
   */
  double value(int[] drawn) {
    int lengths = numerators[0].length;
    double mean = 0;
    for (int length = 0; length < lengths; length++) {
      double numerator = 0;
      double denominator = 0;
      for (int text : drawn) {
        numerator += numerators[text][length];
        denominator += denominators[text][length];
      }
      mean += numerator / denominator / lengths;
    }
    return mean;
  }

  /** The same over all texts, each once. */
  double value() {
    int[] all = new int[texts()];
    Arrays.setAll(all, text -> text);
    return value(all);
  }

  /** On how many texts the totals are not the same as another model's. */
  int textsThatDifferFrom(MetricTotals other) {
    int different = 0;
    for (int text = 0; text < texts(); text++) {
      if (!Arrays.equals(numerators[text], other.numerators[text])
          || !Arrays.equals(denominators[text], other.denominators[text])) {
        different++;
      }
    }
    return different;
  }

  /**
   * The mean with its standard error: as {@link org.longpo.evaluation.ResultRow} has it for one
   * length, and by the same linearisation for several, where a text's residuals at all lengths are
   * added up before they are squared.
   */
  Estimate estimate() {
    double squares = 0;
    for (int text = 0; text < texts(); text++) {
      double influence = 0;
      for (int length = 0; length < numerators[text].length; length++) {
        double total = total(denominators, length);
        double ratio = total(numerators, length) / total;
        influence += (numerators[text][length] - ratio * denominators[text][length]) / total;
      }
      squares += influence * influence;
    }
    OptionalDouble error =
        texts() < 2
            ? OptionalDouble.empty()
            : OptionalDouble.of(Math.sqrt(squares) / numerators[0].length);
    return new Estimate(value(), error, samples, texts());
  }

  private static double total(double[][] values, int length) {
    return Arrays.stream(values).mapToDouble(ofText -> ofText[length]).sum();
  }
}
