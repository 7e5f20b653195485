package org.longpo.evaluation.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.longpo.evaluation.comparison.TestResults.ACCURACY;
import static org.longpo.evaluation.comparison.TestResults.item;
import static org.longpo.evaluation.comparison.TestResults.texts;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.longpo.evaluation.Estimate;
import org.longpo.evaluation.ItemResult;
import org.longpo.evaluation.ResultRows;
import org.longpo.files.Json;

class PairedBootstrapTest {
  private static final double ROUNDING = 1e-12;

  private static final double LEAST_P = 2.0 / (PairedBootstrap.RESAMPLES + 1);

  private static Difference compare(
      List<ItemResult> first, List<ItemResult> second, List<Integer> lengths, long seed) {
    return PairedBootstrap.of(
            MetricTotals.of(ACCURACY, first, lengths),
            MetricTotals.of(ACCURACY, second, lengths),
            seed)
        .orElseThrow();
  }

  private static Difference compare(List<ItemResult> first, List<ItemResult> second) {
    return compare(first, second, List.of(0), 0);
  }

  @Test
  void shouldBeSureOfNothingWhereResultsAreEqual() {
    Difference equal = compare(texts(0, 20, 20), texts(0, 20, 20));
    assertThat(equal).isEqualTo(new Difference(0, 0, 0, 1));
    assertThat(equal.isSignificant()).isFalse();
  }

  @Test
  void shouldBeSureOfAConstantDifference() {
    Difference better = compare(texts(0, 0, 40), texts(0, 40, 0));
    assertThat(better.value()).isEqualTo(1);
    assertThat(better.low()).isEqualTo(1);
    assertThat(better.high()).isEqualTo(1);
    assertThat(better.p()).isEqualTo(LEAST_P);
    assertThat(better.isSignificant()).isTrue();
  }

  /** Three heads in three throws are no proof: the least p of a sign for each text is 2 / 2^3. */
  @Test
  void shouldNotBeSureOfAFewTexts() {
    assertThat(compare(texts(0, 0, 3), texts(0, 3, 0)).p()).isEqualTo(0.25);
    // Nor of many, if they say the same on all but a few.
    assertThat(compare(texts(0, 0, 400), texts(0, 5, 395)).p()).isEqualTo(1.0 / 16);
    assertThat(
            PairedBootstrap.of(
                MetricTotals.of(ACCURACY, texts(0, 0, 1), List.of(0)),
                MetricTotals.of(ACCURACY, texts(0, 1, 0), List.of(0)),
                0))
        .isEmpty();
  }

  @Test
  void shouldNegateWhenTheModelsChangePlaces() {
    List<ItemResult> first = texts(0, 10, 30);
    List<ItemResult> second = texts(0, 16, 24);
    Difference forward = compare(first, second);
    Difference backward = compare(second, first);
    assertThat(backward.value()).isEqualTo(-forward.value());
    assertThat(backward.low()).isCloseTo(-forward.high(), within(ROUNDING));
    assertThat(backward.p()).isEqualTo(forward.p());
  }

  @Test
  void shouldNotDependOnTheOrderOfItems() {
    Random random = new Random(1);
    List<ItemResult> first = random(random, 30, 3, 0);
    List<ItemResult> second = random(random, 30, 3, 0.1);
    Difference ordered = compare(first, second);
    List<ItemResult> shuffledFirst = new ArrayList<>(first);
    List<ItemResult> shuffledSecond = new ArrayList<>(second);
    Collections.shuffle(shuffledFirst, random);
    Collections.shuffle(shuffledSecond, random);
    assertThat(compare(shuffledFirst, shuffledSecond)).isEqualTo(ordered);
  }

  @Test
  void shouldDependOnTheSeedByALittle() {
    Random random = new Random(2);
    List<ItemResult> first = random(random, 40, 2, 0);
    List<ItemResult> second = random(random, 40, 2, 0.05);
    Difference one = compare(first, second, List.of(0), 1);
    Difference other = compare(first, second, List.of(0), 2);
    assertThat(compare(first, second, List.of(0), 1)).isEqualTo(one);
    assertThat(other).isNotEqualTo(one);
    assertThat(other.value()).isEqualTo(one.value());
    assertThat(other.low()).isCloseTo(one.low(), within(0.01));
    assertThat(other.p()).isCloseTo(one.p(), within(0.03));
  }

  /** Two models that are equally good: 5 % of comparisons may say otherwise. */
  @Test
  void shouldKeepItsErrorRateOnlyIfQuestionsAboutATextStayTogether() {
    int comparisons = 120;
    int together = 0;
    int apart = 0;
    Random random = new Random(3);
    for (int i = 0; i < comparisons; i++) {
      List<ItemResult> first = new ArrayList<>();
      List<ItemResult> second = new ArrayList<>();
      for (int text = 0; text < 25; text++) {
        // Which of the two understands a text is chance, and decides all six answers about it.
        double shift = random.nextGaussian();
        double[] one = new double[6];
        double[] other = new double[6];
        for (int question = 0; question < one.length; question++) {
          one[question] = random.nextGaussian() - shift;
          other[question] = random.nextGaussian() + shift;
        }
        first.add(item(0, text, one));
        second.add(item(0, text, other));
      }
      together += compare(first, second).isSignificant() ? 1 : 0;
      apart += compare(apart(first), apart(second)).isSignificant() ? 1 : 0;
    }
    // 5 % of 120 are 6; more than 14 would be chance in one of a thousand cases (binomial), and
    // the percentile interval of 25 texts is a little too narrow.
    assertThat(together).isBetween(1, 16);
    assertThat(apart).isGreaterThan(comparisons / 3);
  }

  private static List<ItemResult> apart(List<ItemResult> items) {
    List<ItemResult> alone = new ArrayList<>();
    items.forEach(
        item ->
            item.samples()
                .forEach(
                    sample ->
                        alone.add(
                            item(
                                0,
                                alone.size(),
                                sample.values().getOrDefault("accuracy", Double.NaN)))));
    return alone;
  }

  private static List<ItemResult> random(Random random, int texts, int questions, double shift) {
    List<ItemResult> items = new ArrayList<>();
    for (int text = 0; text < texts; text++) {
      double[] values = new double[questions];
      for (int question = 0; question < questions; question++) {
        values[question] = random.nextDouble() + shift;
      }
      items.add(item(0, text, values));
    }
    return items;
  }

  @Test
  void shouldTakeTheMeanOverLengthsAsEachOfThemIsMeasured() {
    List<ItemResult> first = new ArrayList<>(texts(100, 10, 10));
    first.addAll(texts(200, 5, 15));
    List<ItemResult> second = new ArrayList<>(texts(100, 12, 8));
    second.addAll(texts(200, 15, 5));
    Difference mean = compare(first, second, List.of(100, 200), 0);
    assertThat(mean.value()).isCloseTo((0.1 + 0.5) / 2, within(ROUNDING));
    assertThat(compare(first, second, List.of(200), 0).value()).isCloseTo(0.5, within(ROUNDING));
  }

  /** The same question at two lengths, with the same answer, is one question. */
  @Test
  void shouldNotCountTheSameTextAtTwoLengthsTwice() {
    List<ItemResult> twice = new ArrayList<>(texts(100, 30, 10));
    twice.addAll(texts(200, 30, 10));
    Estimate once = ResultRows.find(ACCURACY, texts(100, 30, 10)).orElseThrow();
    Estimate mean = MetricTotals.of(ACCURACY, twice, List.of(100, 200)).estimate();
    assertThat(mean.value()).isCloseTo(once.value(), within(ROUNDING));
    assertThat(mean.standardError())
        .hasValueCloseTo(once.standardError().orElseThrow(), within(ROUNDING));
    assertThat(mean.n()).isEqualTo(80);
    assertThat(mean.clusters()).isEqualTo(40);
  }

  @Test
  void shouldEstimateOneLengthAsItsRowDoes() {
    List<ItemResult> items = random(new Random(4), 12, 4, 0);
    Estimate row = ResultRows.find(ACCURACY, items).orElseThrow();
    Estimate here = MetricTotals.of(ACCURACY, items, List.of(0)).estimate();
    assertThat(here.value()).isCloseTo(row.value(), within(ROUNDING));
    assertThat(here.standardError())
        .hasValueCloseTo(row.standardError().orElseThrow(), within(ROUNDING));
  }

  private record Golden(List<Case> cases) {
    record Case(
        String name,
        List<Answered> rows,
        double difference,
        double low,
        double high,
        double deviation,
        double p) {}

    record Answered(int text, double first, double second) {}
  }

  /** {@code references/make_bootstrap_golden.py}. */
  @Test
  void shouldAgreeWithNumpy() throws IOException {
    try (InputStream in = PairedBootstrapTest.class.getResourceAsStream("bootstrap.json")) {
      Golden golden = Json.parse(in.readAllBytes(), Golden.class, "bootstrap.json");
      assertThat(golden.cases()).hasSize(4);
      golden.cases().forEach(PairedBootstrapTest::shouldAgree);
    }
  }

  private static void shouldAgree(Golden.Case golden) {
    TreeMap<Integer, List<Golden.Answered>> texts = new TreeMap<>();
    golden
        .rows()
        .forEach(row -> texts.computeIfAbsent(row.text(), t -> new ArrayList<>()).add(row));
    List<ItemResult> first = new ArrayList<>();
    List<ItemResult> second = new ArrayList<>();
    texts.forEach(
        (text, rows) -> {
          first.add(item(0, text, rows.stream().mapToDouble(Golden.Answered::first).toArray()));
          second.add(item(0, text, rows.stream().mapToDouble(Golden.Answered::second).toArray()));
        });
    Difference ours = compare(first, second);
    assertThat(ours.value()).as(golden.name()).isCloseTo(golden.difference(), within(ROUNDING));
    // A 2.5 % quantile of 10,000 normal draws has a standard error of sqrt(0.025 * 0.975 / 10,000)
    // / 0.058 = 0.027 deviations, a share p one of at most 0.005, so 2p 0.01: four of each.
    double quantile = 4 * 0.027 * golden.deviation();
    assertThat(ours.low()).as(golden.name()).isCloseTo(golden.low(), within(quantile));
    assertThat(ours.high()).as(golden.name()).isCloseTo(golden.high(), within(quantile));
    assertThat(ours.p()).as(golden.name()).isCloseTo(golden.p(), within(0.04));
  }
}
