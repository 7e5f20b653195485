package org.longpo.training;

import java.util.List;
import org.longpo.engine.Parameter;
import org.longpo.tensor.Tensor;

/**
 * RMSprop as {@code torch.optim.RMSprop} without momentum and centring:
 *
 * <pre>
 * g += decay * w
 * v  = alpha * v + (1 - alpha) * g^2
 * w -= lr * g / (sqrt(v) + eps)
 * </pre>
 */
final class RmsProp implements UpdateRule {
  private static final double ALPHA = 0.99;
  private static final double EPSILON = 1e-8;
  private static final String AVERAGE_SQUARE = "square_avg";

  @Override
  public List<String> moments() {
    return List.of(AVERAGE_SQUARE);
  }

  @Override
  public void update(Parameter parameter, Tensor weight, Tensor gradient, Step step) {
    Tensor decayed =
        step.decay() == 0 ? gradient : gradient.copy().addInPlace(weight, step.decay());
    Tensor averageSquare = parameter.remembered(AVERAGE_SQUARE);
    averageSquare.mulInPlace(ALPHA).addProductInPlace(decayed, decayed, 1 - ALPHA);
    Tensor denominator = averageSquare.sqrt().addInPlace(EPSILON);
    weight.addQuotientInPlace(decayed, denominator, -step.learningRate());
  }
}
