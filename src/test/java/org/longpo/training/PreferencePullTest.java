package org.longpo.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.longpo.objective.MetricName;

class PreferencePullTest {
  private final ToldSentences told = new ToldSentences();

  private static TrainingStep.Outcome outcome(Map<String, Double> metrics) {
    return new TrainingStep.Outcome(0.5, metrics, 10, 0);
  }

  @Test
  void shouldTellTheMeanOfTheFirstStepsDocuments() {
    PreferencePull.tell(
        List.of(
            outcome(Map.of(MetricName.PREFERENCE_PULL, 120.0)),
            outcome(Map.of(MetricName.PREFERENCE_PULL, 130.0))),
        told);
    assertThat(told.sentences())
        .singleElement()
        .asString()
        .contains("the preference pulls 125 times as strongly as the NLL");
  }

  @Test
  void shouldSayNothingWithoutAPreferenceBesideAnNll() {
    PreferencePull.tell(List.of(outcome(Map.of(MetricName.LOGPS_CHOSEN, -3.0))), told);
    assertThat(told.sentences()).isEmpty();
  }
}
