package org.longpo.training;

import java.util.List;
import org.longpo.engine.Parameter;
import org.longpo.tensor.Tensor;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter, arXiv:1711.05101), as {@code
 * torch.optim.AdamW}:
 *
 * <pre>
 * w -= lr * decay * w
 * m  = beta1 * m + (1 - beta1) * g
 * v  = beta2 * v + (1 - beta2) * g^2
 * w -= lr / (1 - beta1^t) * m / (sqrt(v) / sqrt(1 - beta2^t) + eps)
 * </pre>
 */
final class AdamW implements UpdateRule {
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPSILON = 1e-8;
  private static final String AVERAGE = "exp_avg";
  private static final String AVERAGE_SQUARE = "exp_avg_sq";

  @Override
  public List<String> moments() {
    return List.of(AVERAGE, AVERAGE_SQUARE);
  }

  @Override
  public void update(Parameter parameter, Tensor weight, Tensor gradient, Step step) {
    double correction1 = 1 - Math.pow(BETA1, step.number());
    double correction2 = Math.sqrt(1 - Math.pow(BETA2, step.number()));
    Tensor average = parameter.remembered(AVERAGE);
    Tensor averageSquare = parameter.remembered(AVERAGE_SQUARE);
    if (step.decay() != 0) {
      weight.mulInPlace(1 - step.learningRate() * step.decay());
    }
    average.mulInPlace(BETA1).addInPlace(gradient, 1 - BETA1);
    averageSquare.mulInPlace(BETA2).addProductInPlace(gradient, gradient, 1 - BETA2);
    Tensor denominator = averageSquare.sqrt().divInPlace(correction2).addInPlace(EPSILON);
    weight.addQuotientInPlace(average, denominator, -step.learningRate() / correction1);
  }
}
