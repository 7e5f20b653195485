package org.longpo.evaluation.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class SquadScoreTest {
  /** Rounding of a quotient of small whole numbers. */
  private static final double ROUNDING = 1e-15;

  @Test
  void shouldNormaliseCasePunctuationArticlesAndSpace() {
    assertThat(SquadScore.normalise("  The  Denver-Broncos, an\tAnswer! "))
        .isEqualTo("denverbroncos answer");
    assertThat(SquadScore.normalise("theatre a")).isEqualTo("theatre");
  }

  @Test
  void shouldMatchAnyReference() {
    assertThat(SquadScore.exactMatch("The cat.", List.of("dog", "cat"))).isTrue();
    assertThat(SquadScore.exactMatch("The cats", List.of("dog", "cat"))).isFalse();
  }

  @Test
  void shouldCountCommonTokensWithMultiplicity() {
    // Precision 2/3 (of "red red fox"), recall 2/4: F1 = 2 * 2 / (3 + 4).
    assertThat(SquadScore.tokenF1("red red fox", List.of("red fox jumps over")))
        .isCloseTo(4.0 / 7, within(ROUNDING));
    assertThat(SquadScore.tokenF1("blue", List.of("red", "blue sky")))
        .isCloseTo(2.0 / 3, within(ROUNDING));
    assertThat(SquadScore.tokenF1("blue", List.of("red"))).isZero();
  }

  @Test
  void shouldTakeEmptyTextsAsEqualToEachOtherOnly() {
    assertThat(SquadScore.tokenF1("the", List.of("a"))).isEqualTo(1);
    assertThat(SquadScore.tokenF1("", List.of("red"))).isZero();
  }
}
