package org.longpo.evaluation.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.longpo.evaluation.GoldenTexts;
import org.longpo.evaluation.scoring.RougeLSum.Score;
import tools.jackson.databind.JsonNode;

class RougeLSumTest {
  /** What rouge_score's own tests allow. */
  private static final double PUBLISHED = 1e-7;

  @Test
  void shouldAgreeWithRougeScore() {
    JsonNode golden = GoldenTexts.read("scoring/rouge_golden.json");
    JsonNode fragments = golden.path("fragments");
    List<JsonNode> rows = GoldenTexts.rows(golden);
    assertThat(rows).hasSize(600);
    for (JsonNode row : rows) {
      String answer = GoldenTexts.text(fragments, row.path(0));
      String reference = GoldenTexts.text(fragments, row.path(1));
      JsonNode score = row.path(2);
      assertThat(RougeLSum.of(answer, reference))
          .as("%s against %s", answer, reference)
          .isEqualTo(
              new Score(
                  score.path(0).doubleValue(),
                  score.path(1).doubleValue(),
                  score.path(2).doubleValue()));
    }
  }

  /** The example of Lin 2004, section 3.2, as rouge_score's testRougeLsum has it. */
  @Test
  void shouldUniteCommonSubsequencesOfAllSentences() {
    Score score = RougeLSum.of("w1 w2 w6 w7 w8\nw1 w3 w8 w9 w5", "w1 w2 w3 w4 w5");
    assertThat(score.recall()).isCloseTo(0.8, within(PUBLISHED));
    assertThat(score.precision()).isCloseTo(0.4, within(PUBLISHED));
    assertThat(score.f1()).isCloseTo(8.0 / 15, within(PUBLISHED));
  }

  /** The cases of rouge_score's testRougeLConsecutive and testRougeLNonConsecutive. */
  @Test
  void shouldScoreOneSentenceAsRougeL() {
    for (String answer : List.of("testing one", "testing two")) {
      Score score = RougeLSum.of(answer, "testing one two");
      assertThat(score.precision()).isCloseTo(1, within(PUBLISHED));
      assertThat(score.recall()).isCloseTo(2.0 / 3, within(PUBLISHED));
      assertThat(score.f1()).isCloseTo(4.0 / 5, within(PUBLISHED));
    }
  }

  @Test
  void shouldScoreNothingWithoutTokens() {
    Score zero = new Score(0, 0, 0);
    assertThat(RougeLSum.of("", "w1 w2")).isEqualTo(zero);
    assertThat(RougeLSum.of("/", "w1 w2")).isEqualTo(zero);
    assertThat(RougeLSum.of("w1", "")).isEqualTo(zero);
    assertThat(RougeLSum.of("\n\n", "\n")).isEqualTo(zero);
  }

  @Test
  void shouldTakeTheBestReference() {
    assertThat(RougeLSum.f1("one two", List.of("three", "one two"))).isEqualTo(1);
  }
}
