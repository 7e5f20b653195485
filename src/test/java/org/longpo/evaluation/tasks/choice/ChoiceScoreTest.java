package org.longpo.evaluation.tasks.choice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChoiceScoreTest {
  private static ChoiceScore score(List<String> answers, double... logLikelihoods) {
    return ChoiceScore.of(logLikelihoods, answers);
  }

  @Test
  void shouldChooseTheLargestLogLikelihoodAndTheLargestPerCharacter() {
    // Per character: -1.0, -0.5.
    assertThat(score(List.of("ab", "abcdef"), -2, -3)).isEqualTo(new ChoiceScore(0, 1));
  }

  @Test
  void shouldChooseTheFirstOfEqualOptions() {
    assertThat(score(List.of("a", "b", "c"), -2, -1, -1)).isEqualTo(new ChoiceScore(1, 1));
  }

  @Test
  void shouldCountCodePointsAndNotCodeUnits() {
    // Three characters each, of which the first text's take two code units: -1.0 and -0.9.
    assertThat(score(List.of("🧊🧊🧊", "abc"), -3, -2.7).chosenByLength()).isEqualTo(1);
  }
}
