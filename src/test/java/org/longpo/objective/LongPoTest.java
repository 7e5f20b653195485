package org.longpo.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.longpo.error.UserError;
import org.longpo.settings.OptionRecords;

class LongPoTest {
  /** A handful of doubles are added in another order: a few units in the last place. */
  private static final double ROUNDING = 1e-14;

  private static final LongPo JOINT =
      new LongPo(0.1, 0.01, Sigmoid.JOINT, NllSpan.WHOLE_SEQUENCE, Input.SHORT);
  private static final LongPo PER_PAIR =
      new LongPo(0.1, 0.01, Sigmoid.PER_PAIR, NllSpan.WHOLE_SEQUENCE, Input.SHORT);

  @ParameterizedTest
  @EnumSource(Sigmoid.class)
  void shouldLoseLambdaLogTwoAtZeroMargin(Sigmoid sigmoid) {
    double[] chosen = {-1, -2};
    double[] rejected = {-0.5};
    PairLogProbs same = PairLogProbs.of(chosen, rejected, chosen, rejected);
    LongPo objective = new LongPo(0.1, 0.01, sigmoid, NllSpan.NONE, Input.SHORT);
    ObjectiveResult result = objective.apply(new DocumentLogProbs(List.of(same, same), 9, 9));
    assertThat(result.loss()).isCloseTo(0.01 * Math.log(2), within(ROUNDING));
    assertThat(result.metrics())
        .containsEntry(MetricName.REWARDS_MARGINS, 0.0)
        .containsEntry(MetricName.REWARDS_ACCURACIES, 0.0);
  }

  /** method.md's coefficients, written out by hand for the paper's setting. */
  @Test
  void shouldWeighTokensOfChainAsPaperDoes() {
    DocumentLogProbs document = RandomDocuments.chain(5, 2);
    double margin = 0;
    for (PairLogProbs pair : document.pairs()) {
      margin +=
          0.1
              * (Numerics.sum(pair.get(Reading.POLICY_LONG_CHOSEN))
                  - Numerics.sum(pair.get(Reading.REFERENCE_SHORT_CHOSEN))
                  - Numerics.sum(pair.get(Reading.POLICY_LONG_REJECTED))
                  + Numerics.sum(pair.get(Reading.REFERENCE_SHORT_REJECTED)));
    }
    double pull = 0.1 * 0.01 / (1 + Math.exp(margin));

    ObjectiveResult result = JOINT.apply(document);
    assertThat(result.loss()).isCloseTo(0.01 * Math.log1p(Math.exp(-margin)), within(ROUNDING));
    for (PairGradients pair : result.gradients()) {
      assertThat(pair.get(Reading.POLICY_LONG_CHOSEN))
          .containsOnly(new double[] {-pull}, within(ROUNDING));
      assertThat(pair.get(Reading.POLICY_LONG_REJECTED))
          .containsOnly(new double[] {pull}, within(ROUNDING));
      assertThat(pair.get(Reading.POLICY_SHORT_CHOSEN)).containsOnly(0);
    }
    assertThat(result.sequenceNllWeights()).containsExactly(1.0 / 90);
    assertThat(result.totalLoss(new double[] {-180}))
        .isCloseTo(result.loss() + 2, within(ROUNDING));
  }

  @Test
  void shouldNotDistinguishJointFromPerPairForOnePair() {
    DocumentLogProbs document = RandomDocuments.tree(7, 1);
    ObjectiveResult joint = JOINT.apply(document);
    ObjectiveResult perPair = PER_PAIR.apply(document);
    assertThat(joint.loss()).isEqualTo(perPair.loss());
    assertThat(joint.gradients().getFirst().get(Reading.POLICY_LONG_CHOSEN))
        .isEqualTo(perPair.gradients().getFirst().get(Reading.POLICY_LONG_CHOSEN));
    assertThat(joint.sequenceNllWeights()).isEqualTo(perPair.sequenceNllWeights());
    assertThat(joint.metrics()).isEqualTo(perPair.metrics());
  }

  @ParameterizedTest
  @EnumSource(Sigmoid.class)
  void shouldNegateMarginWhenPairIsSwapped(Sigmoid sigmoid) {
    LongPo objective = new LongPo(0.1, 1, sigmoid, NllSpan.NONE, Input.SHORT);
    double[][] some = {{-1, -2.5}, {-0.5, -0.1, -4}, {-1.5, -1}, {-0.7, -0.2, -3}};
    ObjectiveResult straight = objective.apply(one(some[0], some[1], some[2], some[3]));
    ObjectiveResult swapped = objective.apply(one(some[1], some[0], some[3], some[2]));
    double margin = 0.1 * ((-1 - 2.5) - (-1.5 - 1) - (-0.5 - 0.1 - 4) + (-0.7 - 0.2 - 3));
    assertThat(straight.metrics().get(MetricName.REWARDS_MARGINS))
        .isCloseTo(margin, within(ROUNDING));
    assertThat(swapped.metrics().get(MetricName.REWARDS_MARGINS))
        .isCloseTo(-margin, within(ROUNDING));
    // -log sigmoid(m) - -log sigmoid(-m) = -m
    assertThat(straight.loss() - swapped.loss()).isCloseTo(-margin, within(ROUNDING));
  }

  /** The metric is what the gradients say, for every span of the NLL. */
  @ParameterizedTest
  @EnumSource(Sigmoid.class)
  void shouldMeasureThePullOfThePreference(Sigmoid sigmoid) {
    DocumentLogProbs document = RandomDocuments.tree(8, 2);
    double whole = 0;
    double response = 0;
    LongPo objective = OptionRecords.with(PER_PAIR, "sigmoid", sigmoid);
    LongPo preferenceAlone = OptionRecords.with(objective, "nll_span", NllSpan.NONE);
    ObjectiveResult alone = preferenceAlone.apply(document);
    double[] nllWeights = objective.apply(document).sequenceNllWeights();
    for (int k = 0; k < 2; k++) {
      double onChosen = -alone.gradients().get(k).get(Reading.POLICY_LONG_CHOSEN)[0];
      int tokens = document.pairs().get(k).get(Reading.POLICY_LONG_CHOSEN).length;
      whole += onChosen / nllWeights[k] / 2;
      response += onChosen * 2 * tokens / 2;
    }
    assertThat(alone.metrics()).doesNotContainKey(MetricName.PREFERENCE_PULL);
    assertThat(objective.apply(document).metrics().get(MetricName.PREFERENCE_PULL))
        .isCloseTo(whole, within(ROUNDING));
    LongPo ofResponses = OptionRecords.with(objective, "nll_span", NllSpan.RESPONSE);
    assertThat(ofResponses.apply(document).metrics().get(MetricName.PREFERENCE_PULL))
        .isCloseTo(response, within(ROUNDING));
  }

  @Test
  void shouldIgnoreWhatTheSettingLeavesOut() {
    DocumentLogProbs document = RandomDocuments.tree(8, 2);
    LongPo withoutNll = OptionRecords.with(JOINT, "nll_span", NllSpan.NONE);
    assertThat(withoutNll.apply(document).sequenceNllWeights()).containsOnly(0);
    assertThat(withoutNll.apply(document).loss()).isEqualTo(JOINT.apply(document).loss());
    assertThat(withoutNll.requirements().wholeSequences()).isEmpty();
    assertThat(JOINT.requirements().wholeSequences()).contains(Response.CHOSEN);

    LongPo withoutConstraint = OptionRecords.with(JOINT, "reference_input", Input.LONG);
    Requirements unconstrained = withoutConstraint.requirements();
    assertThat(unconstrained.needsReference(Input.SHORT)).isFalse();
    assertThat(unconstrained.needsReference(Input.LONG)).isTrue();
    DocumentLogProbs longAsShort = document;
    for (int k = 0; k < 2; k++) {
      for (Response response : Response.values()) {
        longAsShort =
            RandomDocuments.with(
                longAsShort,
                k,
                Reading.reference(Input.SHORT, response),
                document.pairs().get(k).get(Reading.reference(Input.LONG, response)));
      }
    }
    assertThat(withoutConstraint.apply(document).loss()).isEqualTo(JOINT.apply(longAsShort).loss());
  }

  @Test
  void shouldAverageResponseNllPerPairInTreeAndOverAllTokensInChain() {
    LongPo nllAlone = new LongPo(0.1, 0, Sigmoid.JOINT, NllSpan.RESPONSE, Input.SHORT);
    PairLogProbs one = pair(new double[] {-1});
    PairLogProbs three = pair(new double[] {-2, -2, -2});
    assertThat(nllAlone.apply(new DocumentLogProbs(List.of(one, three), 5, 7)).loss())
        .isEqualTo((1.0 + 2.0) / 2);
    assertThat(nllAlone.apply(new DocumentLogProbs(List.of(one, three), 11)).loss())
        .isEqualTo((1.0 + 3 * 2.0) / 4);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY})
  void shouldTurnUnusableLogProbIntoUnusableResult(double logProb) {
    DocumentLogProbs document = RandomDocuments.tree(9, 2);
    for (Reading reading : JOINT.requirements().readings()) {
      double[] broken = document.pairs().getFirst().get(reading).clone();
      broken[0] = logProb;
      ObjectiveResult result = JOINT.apply(RandomDocuments.with(document, 0, reading, broken));
      assertThat(result.loss()).isNaN();
      assertThat(result.isFinite()).isFalse();
      assertThat(result.gradients().getLast().get(Reading.POLICY_LONG_CHOSEN)[0]).isNaN();
    }
  }

  /** A margin of +-1e5 is far beyond where e^m overflows. */
  @Test
  void shouldStayFiniteWhereSigmoidSaturates() {
    LongPo objective = new LongPo(1, 1, Sigmoid.JOINT, NllSpan.NONE, Input.SHORT);
    double[] likely = {-1};
    double[] unlikely = {-1e5 - 1};
    ObjectiveResult right = objective.apply(one(likely, unlikely, likely, likely));
    assertThat(right.loss()).isZero();
    ObjectiveResult wrong = objective.apply(one(unlikely, likely, likely, likely));
    assertThat(wrong.loss()).isEqualTo(1e5);
    assertThat(wrong.gradients().getFirst().get(Reading.POLICY_LONG_CHOSEN)).containsExactly(-1);
  }

  @Test
  void shouldNameMissingReading() {
    PairLogProbs noRejected =
        new PairLogProbs(Map.of(Reading.POLICY_LONG_CHOSEN, new double[] {-1}));
    assertThatThrownBy(() -> JOINT.apply(new DocumentLogProbs(List.of(noRejected), 4)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("POLICY_LONG_REJECTED")
        .hasMessageContaining("pair 0");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void shouldRefuseBetaThatIsNotPositive(double beta) {
    assertThatThrownBy(() -> new LongPo(beta, 0.01, Sigmoid.JOINT, NllSpan.NONE, Input.SHORT))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("beta must be a positive number");
  }

  private static PairLogProbs pair(double[] all) {
    return PairLogProbs.of(all, all, all, all);
  }

  private static DocumentLogProbs one(double[] pc, double[] pr, double[] rc, double[] rr) {
    return new DocumentLogProbs(List.of(PairLogProbs.of(pc, pr, rc, rr)), 10);
  }
}
