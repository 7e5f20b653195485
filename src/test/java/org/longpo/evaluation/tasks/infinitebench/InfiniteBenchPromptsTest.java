package org.longpo.evaluation.tasks.infinitebench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.longpo.evaluation.GoldenTexts;
import org.longpo.evaluation.longtext.LongQuestion;
import org.longpo.files.JsonRow;
import org.longpo.files.Sha256;
import tools.jackson.databind.JsonNode;

/** The prompts, limits and labels of the original for a row of each task. */
class InfiniteBenchPromptsTest {
  private static final List<JsonNode> ROWS =
      GoldenTexts.rows(GoldenTexts.read("tasks/infinitebench_prompts_golden.json"));

  private static InfiniteBenchSubset subset(String file) {
    return InfiniteBenchSubset.ALL.stream()
        .filter(subset -> subset.file().equals(file))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void shouldAskAsOriginalDoes() {
    assertThat(ROWS).hasSize(12);
    for (JsonNode row : ROWS) {
      InfiniteBenchSubset subset = subset(row.path(0).stringValue());
      LongQuestion question = subset.question(new JsonRow("golden", row.path(1)));
      String prompt = question.about().before() + question.about().text() + question.after();
      assertThat(Sha256.of(prompt.getBytes(StandardCharsets.UTF_8)))
          .as(prompt)
          .isEqualTo(row.path(2).stringValue());
      assertThat(subset.answerTokens()).isEqualTo(row.path(3).intValue());
    }
  }

  @Test
  void shouldExpectWhatOriginalExpects() {
    for (JsonNode row : ROWS) {
      InfiniteBenchSubset subset = subset(row.path(0).stringValue());
      List<String> expected = subset.question(new JsonRow("golden", row.path(1))).key().expected();
      JsonNode label = row.path(4);
      assertThat(expected).as(subset.file()).isEqualTo(texts(subset.file(), label));
    }
  }

  private static List<String> texts(String file, JsonNode label) {
    if (file.equals("math_calc")) {
      return List.of(label.path(0).toString());
    }
    return label.isArray()
        ? label.values().stream().map(JsonNode::stringValue).toList()
        : List.of(label.asString());
  }
}
