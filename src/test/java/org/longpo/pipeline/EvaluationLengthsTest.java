package org.longpo.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EvaluationLengthsTest {
  @Test
  void shouldDivideTheContextInRoundNumbers() {
    assertThat(EvaluationLengths.defaults(4096, 32, 32)).containsExactly(1024, 2048, 3968);
    assertThat(EvaluationLengths.defaults(131_072, 32, 32))
        .containsExactly(32_768, 65_536, 126_976);
    assertThat(EvaluationLengths.defaults(256, 32, 32)).containsExactly(64, 128, 224);
    assertThat(EvaluationLengths.defaults(64, 32, 32)).isEmpty();
    assertThat(EvaluationLengths.defaults(4096, 32, 32 + 2048))
        .as("room for reasoning")
        .containsExactly(1024, 1920);
  }
}
