package org.longpo.training;

import java.util.List;
import org.longpo.engine.Parameter;
import org.longpo.tensor.Tensor;

/** How an optimizer turns a gradient into an update, by the formulas of {@code torch.optim}. */
sealed interface UpdateRule permits AdamW, RmsProp {
  /** Names of the moments that are remembered of every weight, by torch's names. */
  List<String> moments();

  /**
   * What one update depends on besides tensors.
   *
   * @param number of the update, from 1
   */
  record Step(double learningRate, double decay, long number) {}

  /**
   * Updates one weight and its moments.
   *
   * @param parameter remembers the moments
   * @param weight the tensor that is updated: the weight's value, or its master copy
   * @param gradient on the weight's device; not changed
   */
  void update(Parameter parameter, Tensor weight, Tensor gradient, Step step);
}
