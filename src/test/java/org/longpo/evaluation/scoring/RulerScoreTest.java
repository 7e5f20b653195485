package org.longpo.evaluation.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.longpo.evaluation.GoldenTexts;
import tools.jackson.databind.JsonNode;

class RulerScoreTest {
  /** RULER rounds to hundredths of a per cent; the rest is rounding of doubles. */
  private static final double HALF_A_HUNDREDTH = 0.005 + 1e-9;

  /** Answers with unusual letters and white space, empty ones and far too long ones. */
  @Test
  void shouldScoreAsTheOriginalDoes() {
    JsonNode golden = GoldenTexts.read("scoring/ruler_golden.json");
    List<JsonNode> rows = GoldenTexts.rows(golden);
    assertThat(rows).hasSize(800);
    double shares = 0;
    double found = 0;
    for (JsonNode row : rows) {
      String answer = row.path("unit").asString().repeat(row.path("times").asInt());
      List<String> references = texts(row.path("references"));
      double share = RulerScore.shareFound(answer, references);
      double any = RulerScore.anyFound(answer, references) ? 1 : 0;
      assertThat(100 * share)
          .as(row.toString())
          .isCloseTo(row.path("all").asDouble(), within(HALF_A_HUNDREDTH));
      assertThat(100 * any).as(row.toString()).isEqualTo(row.path("part").asDouble());
      shares += share;
      found += any;
    }
    assertThat(100 * shares / rows.size())
        .isCloseTo(golden.path("all").asDouble(), within(HALF_A_HUNDREDTH));
    assertThat(100 * found / rows.size())
        .isCloseTo(golden.path("part").asDouble(), within(HALF_A_HUNDREDTH));
  }

  @Test
  void shouldFindReferencesAnywhereInAnAnswer() {
    List<String> references = List.of("1234567", "Blue-Lamp", "absent", "x\ny");
    assertThat(RulerScore.shareFound("It is 12345678, or blUE-LAMPs.\u00a0", references))
        .isEqualTo(0.5);
    assertThat(RulerScore.shareFound("X\u0001Y", references)).isEqualTo(0.25);
    assertThat(RulerScore.shareFound("", references)).isZero();
    assertThat(RulerScore.anyFound("", references)).isFalse();
    assertThat(RulerScore.anyFound("ABSENT", references)).isTrue();
  }

  @Test
  void shouldNotLookForWhiteSpaceAroundAnAnswer() {
    assertThat(RulerScore.anyFound("Paris \u00a0\u0085\u001c\n", List.of("paris "))).isFalse();
    assertThat(RulerScore.anyFound("In Paris then", List.of("paris "))).isTrue();
  }

  @Test
  void shouldRefuseToScoreWithoutReferences() {
    assertThatThrownBy(() -> RulerScore.shareFound("Paris", List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asString).toList();
  }
}
