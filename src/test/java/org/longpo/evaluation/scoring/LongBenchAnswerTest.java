package org.longpo.evaluation.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.longpo.evaluation.GoldenTexts;
import tools.jackson.databind.JsonNode;

class LongBenchAnswerTest {
  @Test
  void shouldFindLettersWhereOriginalDoes() {
    JsonNode golden = GoldenTexts.read("scoring/longbench_golden.json");
    List<JsonNode> rows = GoldenTexts.rows(golden);
    assertThat(rows).hasSize(600);
    for (JsonNode row : rows) {
      String answer = GoldenTexts.text(golden.path("fragments"), row.path(0));
      assertThat(LongBenchAnswer.letter(answer))
          .as(answer)
          .isEqualTo(
              Optional.of(row.path(1)).filter(JsonNode::isString).map(JsonNode::stringValue));
    }
  }

  @Test
  void shouldPreferLetterInBrackets() {
    assertThat(
            LongBenchAnswer.letter("The correct answer is A. No: The correct answer is (**B**)."))
        .contains("B");
    assertThat(LongBenchAnswer.letter("A")).isEmpty();
  }
}
