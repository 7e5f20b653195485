package org.longpo.reproduction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.longpo.evaluation.comparison.CrossedScores;
import org.longpo.evaluation.comparison.Difference;

class FiguresTest {
  @Test
  void shouldWriteSharesInPerCentWithOneDecimal() {
    CrossedScores half = CrossedScores.of(List.of(List.of(List.of(1.0, 0.0))));
    assertThat(Figures.share(half)).isEqualTo("50.0 ± 50.0");
    assertThat(Figures.margin(half)).isEqualTo("+50.0 ± 50.0");
    assertThat(Figures.share(CrossedScores.of(List.of(List.of(List.of(1.0)))))).isEqualTo("100.0");
    assertThat(Figures.difference(new Difference(-0.0001, -0.0123, 0.0456, 0.5)))
        .isEqualTo("0.0 [-1.2, 4.6]");
  }

  @Test
  void shouldWriteP() {
    assertThat(Figures.p(0.0002)).isEqualTo("< 0.001");
    assertThat(Figures.p(0.0123)).isEqualTo("0.012");
  }

  @Test
  void shouldWriteLearningRatesShort() {
    assertThat(Figures.rate(1e-4)).isEqualTo("1e-4");
    assertThat(Figures.rate(0.001)).isEqualTo("1e-3");
    assertThat(Figures.rate(1.25e-5)).isEqualTo("1.25e-5");
    assertThat(Figures.rate(2)).isEqualTo("2e0");
  }

  @Test
  void shouldReadWhatScoresBelongTo() {
    assertThat(ScoreKey.parse("village-home@1024")).isEqualTo(new ScoreKey("village-home", 1024));
    assertThat(ScoreKey.parse("village-reverse")).isEqualTo(new ScoreKey("village-reverse", 0));
    assertThat(ScoreKey.parse("village-code-alone@256").shortName()).isEqualTo("code-alone");
  }
}
