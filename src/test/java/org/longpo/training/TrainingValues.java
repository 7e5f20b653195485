package org.longpo.training;

import org.longpo.engine.Parameter;
import org.longpo.tensor.Scope;
import org.longpo.tensor.Tensor;

/** Puts values into weights. */
final class TrainingValues {
  private TrainingValues() {}

  static void set(Parameter parameter, double[] values) {
    try (Scope ignored = Scope.open()) {
      Tensor value = parameter.value();
      value.copyInPlace(Tensor.of(values, value.device(), value.shape()).to(value.dtype()));
    }
  }
}
