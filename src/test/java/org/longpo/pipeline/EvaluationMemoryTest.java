package org.longpo.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.longpo.checkpoint.Checkpoint;
import org.longpo.checkpoint.ElementType;
import org.longpo.error.UserError;
import org.longpo.evaluation.EvaluationSettings;
import org.longpo.tensor.DType;
import org.longpo.tensor.Device;

class EvaluationMemoryTest {
  private static final Path TINY = Path.of("src/main/resources/tiny");
  private static final long PARAMETERS = 878_592;

  /** Keys and values of 4 layers of 4 heads of 32. */
  private static final long NUMBERS_PER_TOKEN = 2 * 4 * 4 * 32;

  private static EvaluationMemory memory(
      DType dtype, Device device, int writtenTokens, Integer... lengths) {
    try (Checkpoint checkpoint = Checkpoint.open(TINY)) {
      assertThat(checkpoint.dtype()).isEqualTo(ElementType.BF16);
      return EvaluationMemory.of(
          checkpoint,
          dtype,
          device,
          EvaluationSettings.defaults(List.of(lengths)).haystacks(),
          writtenTokens);
    }
  }

  @Test
  void shouldCountConvertedWeightsAndKeysAndValuesOfTheLongestContext() {
    EvaluationMemory memory = memory(DType.FLOAT32, Device.CPU, 32, 1000, 4000);
    // Ten answers of 32.
    assertThat(memory)
        .isEqualTo(
            new EvaluationMemory(4 * PARAMETERS, 4L * (4000 + 320) * NUMBERS_PER_TOKEN, 4000));
    long all = memory.weights() + memory.keysAndValues();
    memory.requireFits(all);
    assertThatThrownBy(() -> memory.requireFits(all - 1))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("A context of 4,000 tokens needs at least 0.02 GiB");
  }

  @Test
  void shouldCountTheWeightsOfAJudge() {
    EvaluationMemory memory = memory(DType.FLOAT32, Device.CPU, 32, 4000);
    EvaluationMemory judged = memory.plusWeights(1000);
    long without = memory.weights() + memory.keysAndValues();
    judged.requireFits(without + 1000);
    assertThatThrownBy(() -> judged.requireFits(without + 999)).isInstanceOf(UserError.class);
  }

  @Test
  void shouldNotCountWeightsThatStayInTheirFile() {
    EvaluationMemory mapped = memory(DType.BFLOAT16, Device.CPU, 32, 4000);
    assertThat(mapped)
        .isEqualTo(new EvaluationMemory(0, 2L * (4000 + 320) * NUMBERS_PER_TOKEN, 4000));
    assertThat(memory(DType.BFLOAT16, Device.cuda(0), 32, 4000).weights())
        .isEqualTo(2 * PARAMETERS);
    memory(DType.BFLOAT16, Device.CPU, 32).requireFits(0);
  }

  @Test
  void shouldCountReasoningBeforeAnswers() {
    assertThat(memory(DType.FLOAT32, Device.CPU, 32 + 2048, 4000).keysAndValues())
        .isEqualTo(4L * (4000 + 20_800) * NUMBERS_PER_TOKEN);
  }

  @Test
  void shouldNameWeightsAloneWithoutAContext() {
    EvaluationMemory memory = memory(DType.FLOAT32, Device.CPU, 32);
    assertThat(memory).isEqualTo(new EvaluationMemory(4 * PARAMETERS, 0, 0));
    assertThatThrownBy(() -> memory.requireFits(memory.weights() - 1))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("The weights need at least 0.00 GiB")
        .hasMessageNotContaining("length");
  }
}
