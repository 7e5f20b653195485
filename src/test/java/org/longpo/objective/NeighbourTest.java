package org.longpo.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.longpo.error.UserError;

/** The objectives beside LongPO, against their equations written out with numbers. */
class NeighbourTest {
  /** A few roundings of numbers of order 1. */
  private static final double ROUNDING = 1e-14;

  private static final double[] CHOSEN = {-1, -2};
  private static final double[] REJECTED = {-0.5, -1, -3};

  @Test
  void shouldLoseLogTwoAtZeroMargin() {
    DocumentLogProbs same =
        document(
            Map.of(
                Reading.POLICY_LONG_CHOSEN, CHOSEN,
                Reading.POLICY_LONG_REJECTED, CHOSEN,
                Reading.REFERENCE_LONG_CHOSEN, CHOSEN,
                Reading.REFERENCE_LONG_REJECTED, CHOSEN));
    assertThat(new Dpo(0.1, 0).apply(same).loss()).isCloseTo(Math.log(2), within(ROUNDING));
    assertThat(new Dpo(0.1, 0.3).apply(same).loss()).isCloseTo(Math.log(2), within(ROUNDING));
    assertThat(new SimPo(2, 0).apply(same).loss()).isCloseTo(Math.log(2), within(ROUNDING));
    assertThat(new Orpo(0.1, NllSpan.NONE).apply(same).loss())
        .isCloseTo(0.1 * Math.log(2), within(ROUNDING));
    assertThat(new Ipo(0.1).apply(same).loss()).isCloseTo(25, within(25 * ROUNDING));
  }

  @Test
  void shouldNegateMarginWhenPairIsSwapped() {
    double[] likelier = {-0.5, -1, -1};
    Map<Reading, double[]> straight =
        Map.of(
            Reading.POLICY_LONG_CHOSEN,
            CHOSEN,
            Reading.POLICY_LONG_REJECTED,
            likelier,
            Reading.REFERENCE_LONG_CHOSEN,
            new double[] {-2, -0.25},
            Reading.REFERENCE_LONG_REJECTED,
            new double[] {-2, -2, -2});
    Map<Reading, double[]> swapped =
        Map.of(
            Reading.POLICY_LONG_CHOSEN,
            likelier,
            Reading.POLICY_LONG_REJECTED,
            CHOSEN,
            Reading.REFERENCE_LONG_CHOSEN,
            new double[] {-2, -2, -2},
            Reading.REFERENCE_LONG_REJECTED,
            new double[] {-2, -0.25});
    for (Objective objective :
        List.of(new Dpo(0.1, 0.2), new Ipo(0.1), new SimPo(2, 0.5), new Orpo(0.1, NllSpan.NONE))) {
      assertThat(
              margin(objective.apply(document(straight)))
                  + margin(objective.apply(document(swapped))))
          .as("%s", objective)
          .isCloseTo(0, within(ROUNDING));
      assertThat(margin(objective.apply(document(straight)))).isNotZero();
    }
  }

  @Test
  void shouldTreatSmoothedLabelsAsMixtureOfSwaps() {
    DocumentLogProbs some = RandomDocuments.tree(21, 2);
    double smoothed = new Dpo(0.5, 0.2).apply(some).loss();
    double plain = new Dpo(0.5, 0).apply(some).loss();
    double margin = margin(new Dpo(0.5, 0).apply(some));
    // -log sigmoid(-m) = -log sigmoid(m) + m, so smoothing adds epsilon * m on the mean.
    assertThat(smoothed).isCloseTo(plain + 0.2 * margin, within(10 * ROUNDING));
  }

  @Test
  void shouldNotSeeLengthOfUniformResponses() {
    Map<Reading, double[]> short2 =
        Map.of(
            Reading.POLICY_LONG_CHOSEN, new double[] {-1, -1},
            Reading.POLICY_LONG_REJECTED, new double[] {-2});
    Map<Reading, double[]> long4 =
        Map.of(
            Reading.POLICY_LONG_CHOSEN, new double[] {-1, -1, -1, -1},
            Reading.POLICY_LONG_REJECTED, new double[] {-2, -2, -2});
    for (Objective objective : List.of(new SimPo(2, 0.5), new Orpo(0.1, NllSpan.RESPONSE))) {
      assertThat(objective.apply(document(short2)).loss())
          .isCloseTo(objective.apply(document(long4)).loss(), within(ROUNDING));
    }
  }

  /** Probability 1 has infinite odds; ours stop where fp32 does, without NaN. */
  @Test
  void shouldStayFiniteForCertainResponse() {
    for (double certain : new double[] {0, -1e-9, 1e-7}) {
      ObjectiveResult result =
          new Orpo(1, NllSpan.NONE)
              .apply(
                  document(
                      Map.of(
                          Reading.POLICY_LONG_CHOSEN,
                          REJECTED,
                          Reading.POLICY_LONG_REJECTED,
                          new double[] {certain, certain})));
      assertThat(result.isFinite()).isTrue();
      assertThat(result.gradients().getFirst().get(Reading.POLICY_LONG_REJECTED)).containsOnly(0);
    }
  }

  @Test
  void shouldLearnRejectedIfTold() {
    DocumentLogProbs some =
        document(
            Map.of(Reading.POLICY_LONG_CHOSEN, CHOSEN, Reading.POLICY_LONG_REJECTED, REJECTED));
    assertThat(new Sft(Response.CHOSEN, NllSpan.RESPONSE, 0).apply(some).loss()).isEqualTo(1.5);
    assertThat(new Sft(Response.REJECTED, NllSpan.RESPONSE, 0).apply(some).loss()).isEqualTo(1.5);
    Requirements whole = new Sft(Response.REJECTED, NllSpan.WHOLE_SEQUENCE, 0).requirements();
    assertThat(whole.wholeSequences()).contains(Response.REJECTED);
    assertThat(whole.needsReference(Input.SHORT)).isFalse();
    assertThat(new Sft(Response.CHOSEN, NllSpan.RESPONSE, 0).requirements().readings())
        .extracting(Reading::response)
        .containsOnly(Response.CHOSEN);
  }

  @Test
  void shouldHoldSftToShortContextModel() {
    ObjectiveResult result =
        new Sft(Response.CHOSEN, NllSpan.WHOLE_SEQUENCE, 0.5)
            .apply(
                document(
                    Map.of(
                        Reading.POLICY_LONG_CHOSEN,
                        CHOSEN,
                        Reading.REFERENCE_SHORT_CHOSEN,
                        new double[] {-1, -1.5})));
    // 0.5 * mean(0^2, 0.5^2), and 0.5 * 2 * (-0.5) / 2 for the second token
    assertThat(result.loss()).isEqualTo(0.0625);
    assertThat(result.gradients().getFirst().get(Reading.POLICY_LONG_CHOSEN))
        .containsExactly(0, -0.25);
    assertThat(result.metrics()).containsEntry(MetricName.SHORT_TO_LONG_KL, 0.25);
  }

  /** -A_t / |y| with the advantage a constant. */
  @Test
  void shouldDistillByDetachedAdvantage() {
    ObjectiveResult result =
        new Distill()
            .apply(
                document(
                    Map.of(
                        Reading.POLICY_LONG_REJECTED,
                        REJECTED,
                        Reading.REFERENCE_SHORT_REJECTED,
                        new double[] {-1, -1, -1.5})));
    assertThat(result.gradients().getFirst().get(Reading.POLICY_LONG_REJECTED))
        .containsExactly(new double[] {0.5 / 3, 0, -1.5 / 3}, within(ROUNDING));
    assertThat(result.loss()).isCloseTo((0.25 + 2.25) / 6, within(ROUNDING));
    assertThat(result.metrics().get(MetricName.LONG_TO_SHORT_KL))
        .isCloseTo(-1.0 / 3, within(ROUNDING));
  }

  @Test
  void shouldAddWeightedRewardGapInSoLoPo() {
    double[] longChosen = {-1.5, -2.5};
    DocumentLogProbs some =
        document(
            Map.of(
                Reading.POLICY_SHORT_CHOSEN,
                CHOSEN,
                Reading.POLICY_SHORT_REJECTED,
                REJECTED,
                Reading.POLICY_LONG_CHOSEN,
                longChosen,
                Reading.REFERENCE_SHORT_CHOSEN,
                new double[] {-1, -1},
                Reading.REFERENCE_SHORT_REJECTED,
                new double[] {-1, -1, -1},
                Reading.REFERENCE_LONG_CHOSEN,
                new double[] {-2, -3}));
    // DPO: margin 0.1 * ((-3 + 2) - (-4.5 + 3)); rewards 0.1 * (-1) and 0.1 * (-4 + 5)
    double dpo = Math.log1p(Math.exp(-0.1 * 0.5)) + 3 * 0.2;
    assertThat(new SoLoPo(new Dpo(0.1, 0), 3).apply(some).loss()).isCloseTo(dpo, within(ROUNDING));
    // SimPO: rewards 2 * (-1.5) and 2 * (-1.5) short, 2 * (-2) long; margin 0 - 0.5
    double simPo = Math.log1p(Math.exp(0.5)) + 1;
    ObjectiveResult result = new SoLoPo(new SimPo(2, 0.5), 1).apply(some);
    assertThat(result.loss()).isCloseTo(simPo, within(ROUNDING));
    assertThat(result.metrics().get(MetricName.SHORT_LONG_REWARD_GAP))
        .isCloseTo(1, within(ROUNDING));
    // ORPO: equal odds short; likelihood 1.5; gap of log-odds between averages -1.5 and -2
    double orpo = 0.1 * Math.log(2) + 1.5 + logOdds(-1.5) - logOdds(-2);
    assertThat(new SoLoPo(new Orpo(0.1, NllSpan.RESPONSE), 1).apply(some).loss())
        .isCloseTo(orpo, within(ROUNDING));
  }

  @Test
  void shouldReadLongReferenceOfChosenOnlyWhereSoLoPoRewardHasOne() {
    Requirements dpo = new SoLoPo(new Dpo(0.1, 0), 3).requirements();
    assertThat(dpo.needs(Reading.REFERENCE_LONG_CHOSEN)).isTrue();
    assertThat(dpo.needs(Reading.REFERENCE_LONG_REJECTED)).isFalse();
    assertThat(dpo.needs(Reading.POLICY_LONG_REJECTED)).isFalse();
    assertThat(dpo.needs(Reading.POLICY_SHORT_CHOSEN)).isTrue();
    Requirements simPo = new SoLoPo(new SimPo(2, 0.5), 1).requirements();
    assertThat(simPo.needsReference(Input.SHORT)).isFalse();
    assertThat(simPo.needsReference(Input.LONG)).isFalse();
  }

  @Test
  void shouldRefuseSettingsOutOfRange() {
    refused(() -> new Dpo(0.1, 0.5), "label_smoothing must be a number from 0 to below 0.5");
    refused(() -> new Dpo(0, 0), "beta");
    refused(() -> new Ipo(-1), "beta");
    refused(() -> new SimPo(2, -0.1), "gamma");
    refused(() -> new Orpo(0, NllSpan.RESPONSE), "lambda");
    refused(() -> new Sft(Response.CHOSEN, NllSpan.NONE, 0), "SFT learns");
    refused(() -> new Sft(Response.CHOSEN, NllSpan.RESPONSE, Double.NaN), "constraint_weight");
    refused(() -> new SoLoPo(new SimPo(2, 0), -1), "alpha");
    refused(() -> new SoLoPo(new Orpo(1, NllSpan.WHOLE_SEQUENCE), 1), "SoLoPO's ORPO");
  }

  private static void refused(Runnable constructor, String message) {
    assertThatThrownBy(constructor::run)
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(message);
  }

  private static double logOdds(double averageLogProb) {
    double p = Math.exp(averageLogProb);
    return Math.log(p / (1 - p));
  }

  private static double margin(ObjectiveResult result) {
    return result.metrics().getOrDefault(MetricName.REWARDS_MARGINS, Double.NaN);
  }

  private static DocumentLogProbs document(Map<Reading, double[]> readings) {
    return new DocumentLogProbs(List.of(new PairLogProbs(readings)), 10);
  }
}
