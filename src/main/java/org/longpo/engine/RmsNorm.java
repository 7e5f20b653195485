package org.longpo.engine;

import org.longpo.checkpoint.Norms;
import org.longpo.tensor.DType;
import org.longpo.tensor.Tensor;

/**
 * {@code y = (offset + w) * x / sqrt(mean(x^2) + epsilon)} over the last dimension.
 *
 * <p>The statistics are taken in float32. Where the product with the weight is rounded to the
 * model's type, and what is rounded before, follows the family's reference implementation.
 */
public record RmsNorm(Parameter weight, Norms rule) {
  Tensor forward(Tensor x) {
    Tensor wide = x.to(x.dtype().accumulation());
    Tensor normalised = wide.mul(inverseRootMeanSquare(wide));
    return rule.roundedOnce()
        ? normalised.mulInPlace(factor(wide.dtype())).to(x.dtype())
        : normalised.to(x.dtype()).mulInPlace(factor(x.dtype()));
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
    Tensor scaled = gradient.mul(factor(exact));
    Tensor projection = scaled.mul(normalised).mean(-1, true);
    return scaled.subInPlace(normalised.mulInPlace(projection)).mulInPlace(inverse).to(x.dtype());
  }

  /** What the normalised x is multiplied by. */
  private Tensor factor(DType dtype) {
    Tensor typed = weight.value().to(dtype);
    return rule.weightOffset() == 0 ? typed : typed.add(rule.weightOffset());
  }

  private Tensor inverseRootMeanSquare(Tensor x) {
    return x.square().mean(-1, true).addInPlace(rule.epsilon()).rsqrt();
  }
}
