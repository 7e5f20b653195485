package org.longpo.evaluation.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PairedScoresTest {
  private static final double ROUNDING = 1e-12;

  /** One stratum, one seed. */
  private static CrossedScores scores(Double... scores) {
    return CrossedScores.of(List.of(List.of(List.of(scores))));
  }

  private static CrossedScores random(Random random, int strata, int seeds, double shift) {
    List<List<List<Double>>> all = new ArrayList<>();
    for (int i = 0; i < strata; i++) {
      List<List<Double>> stratum = new ArrayList<>();
      for (int seed = 0; seed < seeds; seed++) {
        stratum.add(random.doubles(12).mapToObj(score -> score + shift).toList());
      }
      all.add(stratum);
    }
    return CrossedScores.of(all);
  }

  private static Difference difference(CrossedScores first, CrossedScores second) {
    return PairedScores.difference(first, second).orElseThrow();
  }

  @Test
  void shouldBeSureOfNothingWhereModelsAreIdentical() {
    CrossedScores scores = random(new Random(1), 3, 3, 0);
    assertThat(difference(scores, scores)).isEqualTo(new Difference(0, 0, 0, 1));
    assertThat(scores.minus(scores).standardError()).hasValue(0);
  }

  /** 8 of 8 better by the same: every resample is, and p is the sign test's 2 / 2^8. */
  @Test
  void shouldBeSureOfAConstantDifferenceAsFarAsQuestionsAllow() {
    Difference better =
        difference(
            scores(Collections.nCopies(8, 0.25).toArray(Double[]::new)),
            scores(Collections.nCopies(8, 0.75).toArray(Double[]::new)));
    assertThat(better).isEqualTo(new Difference(0.5, 0.5, 0.5, 1.0 / 128));
  }

  /** The mean of n right and wrong answers has an interval of about 1.96 sqrt(p (1 - p) / n). */
  @Test
  void shouldHaveTheIntervalOfAShare() {
    List<Double> wrong = Collections.nCopies(400, 0.0);
    List<Double> some = new ArrayList<>(Collections.nCopies(100, 1.0));
    some.addAll(Collections.nCopies(300, 0.0));
    Difference difference =
        difference(
            CrossedScores.of(List.of(List.of(wrong))), CrossedScores.of(List.of(List.of(some))));
    double half = 1.96 * Math.sqrt(0.25 * 0.75 / 400);
    assertThat(difference.value()).isEqualTo(0.25);
    // Quantiles of 10,000 resamples have an error of about a fiftieth of the deviation.
    assertThat(difference.low()).isCloseTo(0.25 - half, within(0.004));
    assertThat(difference.high()).isCloseTo(0.25 + half, within(0.004));
  }

  @Test
  void shouldNegateWhenModelsChangePlaces() {
    Random random = new Random(2);
    CrossedScores first = random(random, 4, 3, 0);
    CrossedScores second = random(random, 4, 3, 0.05);
    Difference forward = difference(first, second);
    Difference backward = difference(second, first);
    assertThat(backward.value()).isCloseTo(-forward.value(), within(ROUNDING));
    assertThat(backward.low()).isCloseTo(-forward.high(), within(ROUNDING));
    assertThat(backward.high()).isCloseTo(-forward.low(), within(ROUNDING));
    assertThat(backward.p()).isEqualTo(forward.p());
  }

  /** The same answers by three seeds say as much about questions as those of one. */
  @Test
  void shouldNotTakeAQuestionOfThreeSeedsForThreeQuestions() {
    Random random = new Random(3);
    List<Double> first = random.doubles(30).boxed().toList();
    List<Double> second = random.doubles(30).boxed().toList();
    CrossedScores one = CrossedScores.of(List.of(List.of(first)));
    CrossedScores other = CrossedScores.of(List.of(List.of(second)));
    CrossedScores threeOfOne = CrossedScores.of(List.of(Collections.nCopies(3, first)));
    CrossedScores threeOfOther = CrossedScores.of(List.of(Collections.nCopies(3, second)));
    Difference single = difference(one, other);
    Difference three = difference(threeOfOne, threeOfOther);
    // Other draws of the same distribution.
    assertThat(three.low()).isCloseTo(single.low(), within(0.01));
    assertThat(three.high()).isCloseTo(single.high(), within(0.01));
    assertThat(threeOfOne.standardError().orElseThrow())
        .isCloseTo(one.standardError().orElseThrow(), within(ROUNDING));
  }

  /** Where seeds decide everything, questions alone would be far too sure. */
  @Test
  void shouldSeeThatSeedsDiffer() {
    List<List<Double>> bySeed =
        List.of(
            Collections.nCopies(50, 0.2),
            Collections.nCopies(50, 0.5),
            Collections.nCopies(50, 0.8));
    CrossedScores uneven = CrossedScores.of(List.of(bySeed));
    CrossedScores even =
        CrossedScores.of(List.of(Collections.nCopies(3, Collections.nCopies(50, 0.4))));
    // The deviation of the three is 0.3.
    assertThat(uneven.standardError().orElseThrow())
        .isCloseTo(0.3 / Math.sqrt(3), within(ROUNDING));
    Difference difference = difference(even, uneven);
    assertThat(difference.value()).isCloseTo(0.1, within(ROUNDING));
    assertThat(difference.isSignificant()).isFalse();
    assertThat(difference.low()).isNegative();
  }

  @Test
  void shouldCountStrataAlikeWhateverTheirSize() {
    CrossedScores uneven =
        CrossedScores.of(
            List.of(List.of(List.of(1.0, 1.0)), List.of(List.of(0.0, 0.0, 0.0, 0.0, 0.0, 0.0))));
    assertThat(uneven.value()).isEqualTo(0.5);
    assertThat(uneven.standardError()).hasValue(0);
  }

  /**
   * sqrt(p (1 - p) / (n - 1)) for each stratum, and the mean of two has half the root of the sum.
   */
  @Test
  void shouldHaveTheErrorOfAMeanOverStrata() {
    List<List<Double>> stratum = List.of(List.of(1.0, 0.0, 0.0, 0.0));
    double ofOne = Math.sqrt(0.25 * 0.75 / 3);
    assertThat(CrossedScores.of(List.of(stratum)).standardError())
        .hasValueCloseTo(ofOne, within(ROUNDING));
    assertThat(CrossedScores.of(List.of(stratum, stratum)).standardError())
        .hasValueCloseTo(ofOne / Math.sqrt(2), within(ROUNDING));
  }

  @Test
  void shouldSayNothingOfASingleQuestion() {
    assertThat(PairedScores.difference(scores(0.0), scores(1.0))).isEmpty();
    assertThat(scores(1.0).standardError()).isEmpty();
  }

  @Test
  void shouldRefuseOtherQuestions() {
    assertThatThrownBy(() -> PairedScores.difference(scores(0.0, 1.0), scores(1.0)))
        .hasMessage("other questions in stratum 0");
    assertThatThrownBy(() -> CrossedScores.of(List.of())).hasMessage("no strata");
    assertThatThrownBy(() -> CrossedScores.of(List.of(List.of(List.of(1.0), List.of(1.0, 0.0)))))
        .hasMessage("stratum 0 lacks seeds or questions");
  }
}
