package org.longpo.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DocumentLogProbsTest {
  private static final PairLogProbs PAIR =
      PairLogProbs.of(
          new double[] {-1, -2}, new double[] {-3}, new double[] {-0.5, -1}, new double[] {-2});

  @Test
  void shouldRefuseReadingsOfOneResponseThatDifferInLength() {
    assertThatThrownBy(() -> PAIR.with(Reading.REFERENCE_LONG_CHOSEN, new double[] {-1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("REFERENCE_LONG_CHOSEN has 1 tokens where 2 are expected");
  }

  @Test
  void shouldRefuseEmptyResponse() {
    assertThatThrownBy(() -> new PairLogProbs(Map.of(Reading.POLICY_LONG_CHOSEN, new double[0])))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldNameReadingThatWasNotGiven() {
    assertThatThrownBy(() -> PAIR.get(Reading.REFERENCE_LONG_CHOSEN))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("REFERENCE_LONG_CHOSEN was not read");
  }

  @Test
  void shouldRefuseSequencesThatFitNeitherTreeNorChain() {
    assertThatThrownBy(() -> new DocumentLogProbs(List.of(PAIR, PAIR, PAIR), 5, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 NLL sequences for 3 pairs");
    assertThatThrownBy(() -> new DocumentLogProbs(List.of(PAIR), 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new DocumentLogProbs(List.of(), 5))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** 1e-15: the means of four short numbers, a few units in the last place. */
  @Test
  void shouldAverageMetricsOverPairsAndKlOverTokens() {
    PairLogProbs other =
        PairLogProbs.of(new double[] {-1}, new double[] {-2}, new double[] {-4}, new double[] {-3});
    Map<String, Double> metrics =
        new LongPo(1, 1, Sigmoid.JOINT, NllSpan.NONE, Input.SHORT)
            .apply(new DocumentLogProbs(List.of(PAIR, other), 5, 5))
            .metrics();
    // rewards: chosen -1.5 and 3, rejected -1 and 1; chosen differences 0.5, 1 and -3
    assertThat(metrics)
        .containsEntry(MetricName.REWARDS_CHOSEN, 0.75)
        .containsEntry(MetricName.REWARDS_REJECTED, 0.0)
        .containsEntry(MetricName.REWARDS_MARGINS, 0.75)
        .containsEntry(MetricName.REWARDS_ACCURACIES, 0.5)
        .containsEntry(MetricName.LOGPS_CHOSEN, -2.0)
        .containsEntry(MetricName.LOGPS_REJECTED, -2.5)
        .containsEntry(MetricName.LOGPS_MARGINS, 0.5);
    assertThat(metrics.get(MetricName.CHOSEN_PER_TOKEN)).isCloseTo(-4.0 / 3, within(1e-15));
    assertThat(metrics.get(MetricName.SHORT_TO_LONG_KL)).isCloseTo(-0.5, within(1e-15));
    assertThat(metrics.get(MetricName.LONG_TO_SHORT_KL)).isCloseTo(0, within(1e-15));
  }
}
