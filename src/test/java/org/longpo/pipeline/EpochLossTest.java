package org.longpo.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.longpo.files.Json;
import tools.jackson.databind.JsonNode;

class EpochLossTest {
  /** Rounding of a few additions. */
  private static final double ROUNDING = 1e-12;

  private static List<JsonNode> lines(String... lines) {
    return Stream.of(lines).map(line -> Json.parse(line, JsonNode.class, "log")).toList();
  }

  @Test
  void shouldWeighLinesByTheirSteps() {
    // Five steps an epoch, a line for every fourth and one for the last of all.
    List<JsonNode> lines = lines("{\"epoch\":0.8,\"loss\":5}", "{\"epoch\":1.0,\"loss\":1}");
    // Four steps of 5 and one of 1: not (5 + 1) / 2.
    assertThat(EpochLoss.mean(lines, 0, 1).orElseThrow()).isCloseTo(4.2, within(ROUNDING));
  }

  @Test
  void shouldShareALineBetweenTheEpochsThatItSpans() {
    List<JsonNode> lines =
        lines(
            "{\"epoch\":0.8,\"loss\":5}", "{\"epoch\":1.6,\"loss\":2}", "{\"epoch\":2,\"loss\":1}");
    assertThat(EpochLoss.mean(lines, 0, 1).orElseThrow())
        .isCloseTo(0.8 * 5 + 0.2 * 2, within(ROUNDING));
    assertThat(EpochLoss.mean(lines, 1, 2).orElseThrow())
        .isCloseTo(0.6 * 2 + 0.4 * 1, within(ROUNDING));
  }

  @Test
  void shouldTakeTheOnlyLineForEveryEpochWithinIt() {
    List<JsonNode> line = lines("{\"epoch\":3.0,\"loss\":2}");
    assertThat(EpochLoss.mean(line, 0, 1)).hasValue(2);
    assertThat(EpochLoss.mean(line, 2, 3).orElseThrow()).isCloseTo(2, within(ROUNDING));
  }

  @Test
  void shouldHaveNoMeanWhereAllStepsWereSkipped() {
    assertThat(EpochLoss.mean(lines("{\"epoch\":1.0,\"loss\":2}"), 1, 2)).isEmpty();
  }
}
