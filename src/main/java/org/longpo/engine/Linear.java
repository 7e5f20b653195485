package org.longpo.engine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.longpo.tensor.Tensor;

/** {@code y = x W^T + b}; W: [out, in], x: [tokens, in], y: [tokens, out]. */
public record Linear(Parameter weight, @Nullable Parameter bias) {
  Tensor forward(Tensor x) {
    Tensor y = x.matmul(weight.value().transpose(0, 1));
    return bias == null ? y : y.addInPlace(bias.value());
  }

  /** Adds the parameters' gradients and returns that of x. */
  Tensor backward(Tensor x, Tensor yGradient) {
    weight.accumulateProduct(yGradient, x);
    if (bias != null) {
      bias.accumulateRows(yGradient);
    }
    return yGradient.matmul(weight.value());
  }

  List<Parameter> parameters() {
    List<Parameter> parameters = new ArrayList<>(List.of(weight));
    if (bias != null) {
      parameters.add(bias);
    }
    return parameters;
  }
}
