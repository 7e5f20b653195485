package org.longpo.engine.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.longpo.engine.RandomModel;
import org.longpo.tensor.DType;
import org.longpo.tensor.FlashAttention;
import org.longpo.tensor.Scope;
import org.longpo.tensor.Tensor;

class FlashKernelTest {
  private static final int ROWS = 37;
  private static final int HEADS = 12;
  private static final int HEAD_DIM = 8;
  private static final double SCALE = 0.4;

  /** Heads know nothing of each other, so not a bit may change; 4 at a time do not divide 6. */
  @ParameterizedTest
  @CsvSource({"1, 1", "3, 1", "3, 2", "6, 1", "6, 4", "12, 5"})
  void shouldGiveSameGradientsForFewHeadsAtATime(int keyValueHeads, int atOnce) {
    assumeThat(FlashAttention.supports(DType.FLOAT32, RandomModel.device(), HEAD_DIM)).isTrue();
    try (Scope ignored = Scope.open()) {
      AttentionKernel.Gradients whole = gradients(keyValueHeads, Long.MAX_VALUE);
      AttentionKernel.Gradients parts = gradients(keyValueHeads, atOnce);
      assertThat(parts.query().toDoubles()).isEqualTo(whole.query().toDoubles());
      assertThat(parts.key().toDoubles()).isEqualTo(whole.key().toDoubles());
      assertThat(parts.value().toDoubles()).isEqualTo(whole.value().toDoubles());
    }
  }

  private static AttentionKernel.Gradients gradients(int keyValueHeads, long atOnce) {
    Tensor q = random(1, HEADS);
    Tensor k = random(2, keyValueHeads);
    Tensor v = random(3, keyValueHeads);
    AttentionKernel.Saved saved =
        new AttentionKernel.Saved(
            random(4, HEADS), random(5, HEADS), Tensor.full(1, q.dtype(), q.device(), ROWS, HEADS));
    AttentionKernel.Gradients sums =
        new AttentionKernel.Gradients(
            random(6, HEADS), random(7, keyValueHeads), random(8, keyValueHeads));
    FlashKernel.causalBackward(saved, q, k, v, SCALE, sums, atOnce);
    return sums;
  }

  private static Tensor random(long seed, int heads) {
    double[] values = new Random(seed).doubles((long) ROWS * heads * HEAD_DIM, -1, 1).toArray();
    return Tensor.of(values, RandomModel.device(), ROWS, heads, HEAD_DIM).to(DType.FLOAT32);
  }
}
