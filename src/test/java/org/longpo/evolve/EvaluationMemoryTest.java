package org.longpo.evolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.longpo.checkpoint.ModelConfig;
import org.longpo.error.UserError;
import org.longpo.evaluation.EvaluationSettings;
import org.longpo.tensor.DType;

class EvaluationMemoryTest {
  private static final Path TINY = Path.of("src/main/resources/tiny");

  @Test
  void shouldCountWeightsAndKeysAndValuesOfTheLongestContext() {
    // 878,592 parameters. Per token keys and values of 4 layers of 4 heads of 32; 10 answers of 32.
    EvaluationMemory memory =
        EvaluationMemory.of(
            ModelConfig.read(TINY),
            DType.FLOAT32,
            EvaluationSettings.defaults(List.of(1000, 4000), 256, 1),
            32);
    assertThat(memory)
        .isEqualTo(new EvaluationMemory(4 * 878_592L, 4L * (4000 + 320) * 2 * 4 * 4 * 32, 4000));
    long all = memory.weights() + memory.keysAndValues();
    memory.requireFits(all);
    assertThatThrownBy(() -> memory.requireFits(all - 1))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("A context of 4,000 tokens needs at least 0.02 GiB");
  }

  @Test
  void shouldCountReasoningBeforeAnswers() {
    EvaluationSettings settings = EvaluationSettings.defaults(List.of(4000), 256, 1);
    EvaluationMemory memory =
        EvaluationMemory.of(ModelConfig.read(TINY), DType.FLOAT32, settings, 32 + 2048);
    assertThat(memory.keysAndValues()).isEqualTo(4L * (4000 + 20_800) * 2 * 4 * 4 * 32);
  }

  @Test
  void shouldNeedWeightsAloneWithoutAContext() {
    EvaluationMemory memory =
        EvaluationMemory.of(
            ModelConfig.read(TINY),
            DType.BFLOAT16,
            EvaluationSettings.defaults(List.of(), 256, 1),
            32);
    assertThat(memory).isEqualTo(new EvaluationMemory(2 * 878_592L, 0, 0));
  }
}
