package org.longpo.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Losses, gradients of every token and rewards against TRL's own loss code and autograd. */
class TrlGoldenTest {
  /** TRL in float64: tens of operations on numbers of order 10, in another order. */
  private static final double DOUBLE = 1e-13;

  /** TRL's ORPO rounds average log-probs of about 2 to float32: 2 * 2^-24, a few times over. */
  private static final double SINGLE = 1e-6;

  /** TRL keeps accuracies in float32, whose last step below 1 is 2^-24. */
  private static final double ACCURACY = 1e-7;

  private static final List<String> REWARDS =
      List.of(MetricName.REWARDS_CHOSEN, MetricName.REWARDS_REJECTED, MetricName.REWARDS_MARGINS);

  private final TrlGolden golden = TrlGolden.read();

  TrlGoldenTest() throws IOException {}

  @Test
  void shouldCoverEveryObjectiveThatTrlHas() {
    assertThat(golden.cases().stream().map(TrlGolden.Case::objective).distinct())
        .containsExactlyInAnyOrder("sigmoid", "ipo", "smoothed", "sft", "simpo", "orpo");
  }

  @Test
  void shouldAgreeOnDpo() {
    for (TrlGolden.Case expected : cases("sigmoid")) {
      check(expected, new Dpo(expected.setting("beta"), 0), DOUBLE);
    }
  }

  /** TRL's DPO takes any precomputed reference; LongPO's preference is DPO with the short one. */
  @Test
  void shouldAgreeOnLongPoPreference() {
    for (TrlGolden.Case expected : cases("sigmoid")) {
      for (Input reference : Input.values()) {
        double beta = expected.setting("beta");
        check(expected, new LongPo(beta, 1, Sigmoid.PER_PAIR, NllSpan.NONE, reference), DOUBLE);
      }
    }
  }

  @Test
  void shouldAgreeOnLabelSmoothing() {
    for (TrlGolden.Case expected : cases("smoothed")) {
      check(
          expected, new Dpo(expected.setting("beta"), expected.setting("label_smoothing")), DOUBLE);
    }
  }

  @Test
  void shouldAgreeOnIpo() {
    for (TrlGolden.Case expected : cases("ipo")) {
      check(expected, new Ipo(expected.setting("beta")), DOUBLE);
    }
  }

  @Test
  void shouldAgreeOnSimPo() {
    for (TrlGolden.Case expected : cases("simpo")) {
      check(expected, new SimPo(expected.setting("beta"), expected.setting("simpo_gamma")), DOUBLE);
    }
  }

  /** TRL averages the likelihood over the tokens of its batch, as we do within a chain. */
  @Test
  void shouldAgreeOnSft() {
    Sft objective = new Sft(Response.CHOSEN, NllSpan.RESPONSE, 0);
    for (TrlGolden.Case expected : cases("sft")) {
      DocumentLogProbs chain = new DocumentLogProbs(pairs(expected.pairs()), 100);
      ObjectiveResult result = objective.apply(chain);
      assertThat(result.loss()).isCloseTo(expected.loss(), within(DOUBLE));
      checkGradients(expected, result, 0, DOUBLE);
    }
  }

  @Test
  void shouldAgreeOnOrpo() {
    for (TrlGolden.Case expected : cases("orpo")) {
      Orpo objective = new Orpo(expected.setting("beta"), NllSpan.WHOLE_SEQUENCE);
      int pair = expected.pairs().getFirst();
      double[] prompt = golden.input("prompt", pair);
      double[] chosen = golden.input("policy_chosen", pair);
      ObjectiveResult result =
          objective.apply(
              new DocumentLogProbs(pairs(expected.pairs()), prompt.length + chosen.length));
      double sequence = Numerics.sum(prompt) + Numerics.sum(chosen);
      assertThat(result.totalLoss(new double[] {sequence}))
          .isCloseTo(expected.loss(), within(SINGLE));
      double nll = result.sequenceNllWeights()[0];
      checkGradients(expected, result, nll, SINGLE);
      checkRewards(expected, result, SINGLE);
      assertThat(expected.gradient_prompt().getFirst())
          .containsOnly(new double[] {-nll}, within(DOUBLE));
    }
  }

  private void check(TrlGolden.Case expected, Objective objective, double tolerance) {
    int[] tokens = new int[expected.pairs().size()];
    Arrays.fill(tokens, 100);
    ObjectiveResult result = objective.apply(new DocumentLogProbs(pairs(expected.pairs()), tokens));
    // IPO's loss reaches 25 at beta = 0.1, the others stay near 1.
    assertThat(result.loss())
        .isCloseTo(expected.loss(), within(tolerance * Math.max(1, expected.loss())));
    checkGradients(expected, result, 0, tolerance);
    checkRewards(expected, result, tolerance);
  }

  /** {@code sequenceNll}: the weight of the whole-sequence NLL, which chosen tokens get as well. */
  private static void checkGradients(
      TrlGolden.Case expected, ObjectiveResult result, double sequenceNll, double tolerance) {
    for (int k = 0; k < expected.pairs().size(); k++) {
      PairGradients gradients = result.gradients().get(k);
      double[] chosen = gradients.get(Reading.POLICY_LONG_CHOSEN).clone();
      for (int t = 0; t < chosen.length; t++) {
        chosen[t] -= sequenceNll;
      }
      assertThat(chosen).containsExactly(expected.gradient_chosen().get(k), within(tolerance));
      assertThat(gradients.get(Reading.POLICY_LONG_REJECTED))
          .containsExactly(expected.gradient_rejected().get(k), within(tolerance));
    }
  }

  private static void checkRewards(
      TrlGolden.Case expected, ObjectiveResult result, double tolerance) {
    Map<String, Double> metrics = result.metrics();
    for (String name : REWARDS) {
      assertThat(metrics.get(name)).isCloseTo(expected.metrics().get(name), within(tolerance));
    }
    assertThat(metrics.get(MetricName.REWARDS_ACCURACIES))
        .isCloseTo(expected.metrics().get(MetricName.REWARDS_ACCURACIES), within(ACCURACY));
    // TRL's SimPO and ORPO log averages under this name; ours is the sum for every objective.
    if (expected.objective().equals("sigmoid")) {
      assertThat(metrics.get(MetricName.LOGPS_CHOSEN))
          .isCloseTo(expected.metrics().get(MetricName.LOGPS_CHOSEN), within(tolerance));
      assertThat(metrics.get(MetricName.LOGPS_REJECTED))
          .isCloseTo(expected.metrics().get(MetricName.LOGPS_REJECTED), within(tolerance));
    }
  }

  private List<TrlGolden.Case> cases(String objective) {
    return golden.cases().stream().filter(c -> c.objective().equals(objective)).toList();
  }

  /** The recorded pairs; TRL's one reference is used for the long and the short input. */
  private List<PairLogProbs> pairs(List<Integer> numbers) {
    List<PairLogProbs> pairs = new ArrayList<>();
    for (int k : numbers) {
      double[] chosen = golden.input("reference_chosen", k);
      double[] rejected = golden.input("reference_rejected", k);
      pairs.add(
          PairLogProbs.of(
                  golden.input("policy_chosen", k),
                  golden.input("policy_rejected", k),
                  chosen,
                  rejected)
              .with(Reading.REFERENCE_LONG_CHOSEN, chosen)
              .with(Reading.REFERENCE_LONG_REJECTED, rejected));
    }
    return pairs;
  }
}
