package org.longpo.evaluation.comparison;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * Whether two models that were asked the same questions differ, by the paired bootstrap: texts are
 * drawn with replacement, with all their questions and the answers of both models, and the
 * difference of the figures is computed from what was drawn, again and again.
 *
 * <p>Texts and not questions are drawn, because answers about one text are not independent (cluster
 * bootstrap: Davison and Hinkley 1997, section 3.8; Cameron, Gelbach and Miller 2008). The interval
 * is the percentile interval (Efron and Tibshirani 1993, chapter 13). p is twice the smaller share
 * of the resampled differences on either side of zero, which inverts that interval; one is added to
 * count and number of resamples, so that it is never 0 (Davison and Hinkley 1997, section 4.2.3).
 * For language models: Koehn 2004 (paired bootstrap), Miller 2024 (arXiv:2411.00640: pairs and
 * clusters).
 *
 * <p>With few texts the bootstrap is too sure of itself: if three of three texts came out better,
 * so does every resample. Therefore p is never less than 2^(1 - d), where d is the number of texts
 * on which the two models differ: the least that the exact paired randomisation test (a sign for
 * each text) can show.
 */
final class PairedBootstrap {
  static final int RESAMPLES = 10_000;

  private static final double TAIL = 0.025;

  private PairedBootstrap() {}

  /**
   * The second model's figure minus the first one's.
   *
   * @param first of the same texts and lengths as {@code second}
   * @param seed decides which texts are drawn; the same for the same number of texts, so that the
   *     result depends on nothing but the two models
   * @return empty for a single text, which shows nothing of how texts vary
   */
  static Optional<Difference> of(MetricTotals first, MetricTotals second, long seed) {
    if (first.texts() != second.texts()) {
      throw new IllegalArgumentException(first.texts() + " and " + second.texts() + " texts");
    }
    if (first.texts() < 2) {
      return Optional.empty();
    }
    int[] drawn = new int[first.texts()];
    return Optional.of(
        of(
            second.value() - first.value(),
            first.textsThatDifferFrom(second),
            random -> {
              draw(drawn, random);
              return second.value(drawn) - first.value(drawn);
            },
            seed));
  }

  /**
   * The same for any way to draw.
   *
   * @param observed the difference
   * @param unitsThatDiffer independent units for which it is not 0
   * @param redrawn the difference of what is drawn with replacement; NaN if that has none
   */
  static Difference of(
      double observed, int unitsThatDiffer, ToDoubleFunction<SplittableRandom> redrawn, long seed) {
    double[] differences = resample(redrawn, new SplittableRandom(seed));
    return new Difference(
        observed,
        quantile(differences, TAIL),
        quantile(differences, 1 - TAIL),
        p(differences, unitsThatDiffer));
  }

  /** As many places as the array has, each with replacement. */
  static void draw(int[] places, SplittableRandom random) {
    for (int i = 0; i < places.length; i++) {
      places[i] = random.nextInt(places.length);
    }
  }

  /** Sorted. */
  private static double[] resample(
      ToDoubleFunction<SplittableRandom> redrawn, SplittableRandom random) {
    double[] differences = new double[RESAMPLES];
    int done = 0;
    while (done < RESAMPLES) {
      double difference = redrawn.applyAsDouble(random);
      // Where only some texts have one of the lengths, none of them may be drawn: drawn again.
      if (!Double.isNaN(difference)) {
        differences[done] = difference;
        done++;
      }
    }
    Arrays.sort(differences);
    return differences;
  }

  private static double p(double[] differences, int unitsThatDiffer) {
    long notAbove = Arrays.stream(differences).filter(difference -> difference <= 0).count();
    long notBelow = Arrays.stream(differences).filter(difference -> difference >= 0).count();
    double bootstrap = 2.0 * (Math.min(notAbove, notBelow) + 1) / (RESAMPLES + 1);
    return Math.min(1, Math.max(bootstrap, Math.pow(2, 1.0 - unitsThatDiffer)));
  }

  /** Between the two nearest values in proportion, as numpy's default. */
  private static double quantile(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
