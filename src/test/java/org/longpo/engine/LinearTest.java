package org.longpo.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.longpo.tensor.DType;
import org.longpo.tensor.Device;
import org.longpo.tensor.Scope;
import org.longpo.tensor.Tensor;

class LinearTest {
  private static final int INPUTS = 24;
  private static final int OUTPUTS = 400;

  /** One row is what decoding has, several are a tile. */
  @ParameterizedTest
  @ValueSource(ints = {1, 7, 64})
  void shouldRoundProductAndBiasOnceInBfloat16(int rows) {
    Random random = new Random(5);
    // Small whole numbers: every product and sum is exact in float32, in whatever order.
    double[] x = random.doubles((long) rows * INPUTS).map(u -> Math.rint(16 * u - 8)).toArray();
    double[] w = random.doubles((long) OUTPUTS * INPUTS).map(u -> Math.rint(16 * u - 8)).toArray();
    // Beyond the 8 bits of the sums, so that a sum rounded before may differ from one rounded
    // after.
    double[] b = random.doubles(OUTPUTS).map(u -> Math.rint(64 * u) / 32).toArray();
    try (Scope ignored = Scope.open()) {
      Tensor exact = Tensor.of(x, Device.CPU, rows, INPUTS);
      Tensor weight = Tensor.of(w, Device.CPU, OUTPUTS, INPUTS);
      Tensor bias = Tensor.of(b, Device.CPU, OUTPUTS);
      Linear linear =
          new Linear(
              new Parameter("w", weight.to(DType.BFLOAT16)),
              new Parameter("b", bias.to(DType.BFLOAT16)));
      double[] once = exact.matmul(weight.transpose(0, 1)).add(bias).to(DType.BFLOAT16).toDoubles();
      double[] twice =
          exact
              .matmul(weight.transpose(0, 1))
              .to(DType.BFLOAT16)
              .add(bias.to(DType.BFLOAT16))
              .toDoubles();
      assertThat(linear.forward(exact.to(DType.BFLOAT16)).toDoubles()).isEqualTo(once);
      assertThat(twice).isNotEqualTo(once);
    }
  }
}
