package org.longpo.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.longpo.settings.OptionRecords;

class PreferenceToNllWeightTest {
  /** One division against the product written out: a unit in the last place. */
  private static final double ROUNDING = 1e-14;

  private static final LongPo PAPER =
      new LongPo(0.1, 0.01, Sigmoid.JOINT, NllSpan.WHOLE_SEQUENCE, Input.SHORT);

  @Test
  void shouldGiveRatiosOfPaperSetting() {
    assertThat(PreferenceToNllWeight.of(PAPER, 1, 1, 131_072)).isCloseTo(65.5, within(0.05));
    assertThat(PreferenceToNllWeight.of(PAPER, 1, 1, 4_096)).isCloseTo(2.05, within(0.005));
  }

  @Test
  void shouldBeRatioOfGradientsAtZeroMargin() {
    for (Sigmoid sigmoid : Sigmoid.values()) {
      for (int sequences : new int[] {1, 3}) {
        LongPo objective = new LongPo(0.2, 0.03, sigmoid, NllSpan.WHOLE_SEQUENCE, Input.SHORT);
        double[] chosen = {-1, -2};
        double[] rejected = {-1};
        PairLogProbs pair = PairLogProbs.of(chosen, rejected, chosen, rejected);
        int[] tokens = sequences == 1 ? new int[] {500} : new int[] {500, 500, 500};
        ObjectiveResult result =
            objective.apply(new DocumentLogProbs(List.of(pair, pair, pair), tokens));
        double preference = -result.gradients().getFirst().get(Reading.POLICY_LONG_CHOSEN)[0];
        double nll = result.sequenceNllWeights()[0];
        assertThat(PreferenceToNllWeight.of(objective, 3, sequences, 500))
            .isCloseTo(preference / nll, within(ROUNDING * preference / nll));
      }
    }
  }

  @Test
  void shouldBeInfiniteWithoutNll() {
    assertThat(
            PreferenceToNllWeight.of(
                OptionRecords.with(PAPER, "nll_span", NllSpan.NONE), 1, 1, 4_096))
        .isEqualTo(Double.POSITIVE_INFINITY);
  }
}
