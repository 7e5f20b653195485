package org.longpo.engine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.longpo.tensor.Tensor;

/**
 * {@code y = x W^T + b}, and what an adapter adds; W: [out, in], x: [tokens, in], y: [tokens, out].
 */
public record Linear(Parameter weight, @Nullable Parameter bias, @Nullable LowRankAdapter adapter) {
  Linear(Parameter weight, @Nullable Parameter bias) {
    this(weight, bias, null);
  }

  Tensor forward(Tensor x) {
    Tensor transposed = weight.value().transpose(0, 1);
    Tensor y = bias == null ? x.matmul(transposed) : x.matmulPlus(transposed, bias.value());
    return adapter == null ? y : y.addInPlace(adapter.forward(x));
  }

  /** Adds the parameters' gradients and returns that of x. */
  Tensor backward(Tensor x, Tensor yGradient) {
    weight.accumulateProduct(yGradient, x);
    if (bias != null) {
      bias.accumulateRows(yGradient);
    }
    Tensor xGradient = yGradient.matmul(weight.value());
    return adapter == null ? xGradient : xGradient.addInPlace(adapter.backward(x, yGradient));
  }

  Linear withoutAdapter() {
    return adapter == null ? this : new Linear(weight, bias);
  }

  List<Parameter> parameters() {
    List<Parameter> parameters = new ArrayList<>(List.of(weight));
    if (bias != null) {
      parameters.add(bias);
    }
    if (adapter != null) {
      parameters.add(adapter.a());
      parameters.add(adapter.b());
    }
    return parameters;
  }
}
