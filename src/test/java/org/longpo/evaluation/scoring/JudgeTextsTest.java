package org.longpo.evaluation.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.longpo.evaluation.GoldenTexts;
import tools.jackson.databind.JsonNode;

/** What the originals read in 600 texts of judges; references/make_judge_golden.py wrote it. */
class JudgeTextsTest {
  private final JsonNode golden = GoldenTexts.read("scoring/judge_golden.json");

  private String text(JsonNode row) {
    return GoldenTexts.text(golden.path("fragments"), row.path(0));
  }

  private static OptionalDouble number(JsonNode value) {
    return value.isNull() ? OptionalDouble.empty() : OptionalDouble.of(value.doubleValue());
  }

  @Test
  void shouldReadRatingsAsFastChatDoes() {
    List<JsonNode> rows = GoldenTexts.rows(golden);
    assertThat(rows).hasSize(600);
    for (JsonNode row : rows) {
      assertThat(JudgeRating.ofFastChat(text(row))).as(text(row)).isEqualTo(number(row.path(1)));
    }
  }

  @Test
  void shouldReadVerdictsAsFastChatDoes() {
    for (JsonNode row : GoldenTexts.rows(golden)) {
      String verdict = JudgeVerdict.of(text(row)).map(Enum::name).orElse("ERROR");
      assertThat(verdict).as(text(row)).isEqualToIgnoringCase(row.path(2).stringValue());
    }
  }

  @Test
  void shouldReadRatingsAsLongBenchChatDoes() {
    for (JsonNode row : GoldenTexts.rows(golden)) {
      assertThat(JudgeRating.ofLongBenchChat(text(row)))
          .as(text(row))
          .isEqualTo(number(row.path(3)));
    }
  }

  @Test
  void shouldPreferDoubleBracketsAndTakeTheFirstOrTheLast() {
    String judgment = "[3] out of 10, or [[6.5]]; no, [[8]].";
    assertThat(JudgeRating.ofFastChat(judgment)).hasValue(6.5);
    assertThat(JudgeRating.ofLongBenchChat(judgment)).hasValue(8);
    assertThat(JudgeRating.ofFastChat("seven")).isEmpty();
    assertThat(JudgeRating.ofLongBenchChat("[[seven]]")).isEmpty();
  }
}
