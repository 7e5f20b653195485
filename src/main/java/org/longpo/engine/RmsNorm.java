package org.longpo.engine;

import org.longpo.tensor.DType;
import org.longpo.tensor.Tensor;

/**
 * {@code y = w * x / sqrt(mean(x^2) + epsilon)} over the last dimension.
 *
 * <p>The statistics are taken in float32 and the normalised x is rounded to the model's type before
 * the weight is applied, as in the families' reference implementation.
 */
public record RmsNorm(Parameter weight, double epsilon) {
  Tensor forward(Tensor x) {
    return normalised(x).mulInPlace(weight.value());
  }

  /** Adds the weight's gradient and returns that of x; shapes [..., width]. */
  Tensor backward(Tensor x, Tensor yGradient) {
    DType exact = x.dtype().accumulation();
    Tensor wide = x.to(exact);
    Tensor inverse = inverseRootMeanSquare(wide);
    Tensor normalised = wide.mul(inverse);
    Tensor gradient = yGradient.to(exact);
    if (weight.isTrained()) {
      long width = x.size(-1);
      weight.accumulateRows(gradient.mul(normalised).reshape(-1, width));
    }
    Tensor scaled = gradient.mul(weight.value());
    Tensor projection = scaled.mul(normalised).mean(-1, true);
    return scaled.subInPlace(normalised.mulInPlace(projection)).mulInPlace(inverse).to(x.dtype());
  }

  private Tensor normalised(Tensor x) {
    Tensor wide = x.to(x.dtype().accumulation());
    return wide.mul(inverseRootMeanSquare(wide)).to(x.dtype());
  }

  private Tensor inverseRootMeanSquare(Tensor x) {
    return x.square().mean(-1, true).addInPlace(epsilon).rsqrt();
  }
}
