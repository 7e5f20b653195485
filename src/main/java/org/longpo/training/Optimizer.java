package org.longpo.training;

import java.util.Map;
import org.longpo.engine.LeasedTensor;
import org.longpo.engine.Parameter;
import org.longpo.engine.WeightParts;
import org.longpo.tensor.DType;
import org.longpo.tensor.Device;
import org.longpo.tensor.Scope;
import org.longpo.tensor.Tensor;

/**
 * Turns gradients into updates of the weights, part by part while a part is leased; what it
 * remembers of a weight is kept with the weight.
 *
 * <p>Updates happen in float32 (float64 for float64 weights): where the weights are narrower, a
 * master copy is updated and rounded into them. At learning rates of 1e-6, a bfloat16 weight would
 * not move otherwise.
 */
public final class Optimizer {
  /** The tensor that is updated in place of a weight of another type or device. */
  private static final String MASTER = "master";

  private final WeightParts weights;
  private final UpdateRule rule;
  private final WeightDecay weightDecay;
  private long updates;

  private Optimizer(WeightParts weights, UpdateRule rule, WeightDecay weightDecay) {
    this.weights = weights;
    this.rule = rule;
    this.weightDecay = weightDecay;
  }

  /**
   * An optimizer for the trained weights of a model, its state zero, in the scope open now.
   *
   * @param weightDecay decoupled for AdamW, added to the gradient for RMSprop, as in torch
   * @param home where the state lives and is updated: the weights' device, or the CPU. A state that
   *     lives elsewhere needs a master copy too: gradients come to it and updated weights go back
   */
  public static Optimizer create(
      OptimizerKind kind, WeightParts weights, WeightDecay weightDecay, Device home) {
    UpdateRule rule =
        switch (kind) {
          case ADAMW -> new AdamW();
          case RMSPROP -> new RmsProp();
        };
    weights.forEachTrained(
        parameter -> {
          Tensor value = parameter.value();
          DType exact = parameter.dtype().accumulation();
          for (String moment : rule.moments()) {
            parameter.remember(moment, Tensor.zeros(exact, home, parameter.shape()));
          }
          if (parameter.dtype() != exact || !value.device().equals(home)) {
            try (Scope scope = Scope.open()) {
              parameter.remember(MASTER, scope.keep(value.to(exact).to(home)));
            }
          }
        });
    return new Optimizer(weights, rule, weightDecay);
  }

  /** Updates every trained weight by its gradient, which stays as it is. */
  public void update(double learningRate) {
    updates++;
    weights.forEachTrained(parameter -> update(parameter, learningRate));
  }

  private void update(Parameter parameter, double learningRate) {
    try (Scope ignored = Scope.open()) {
      boolean hasMaster = parameter.remembered().contains(MASTER);
      Tensor weight = hasMaster ? parameter.remembered(MASTER) : parameter.value();
      rule.update(
          parameter,
          weight,
          parameter.gradient().to(weight.device()),
          new UpdateRule.Step(learningRate, weightDecay.of(parameter.name()), updates));
      if (hasMaster) {
        // Rounds the master copy into the weight.
        parameter.value().copyInPlace(weight);
      }
    }
  }

  /** Updates done so far. */
  public long updates() {
    return updates;
  }

  /** Continues the count of a stored state. */
  public void restoreUpdates(long restored) {
    updates = restored;
  }

  /**
   * The state by name, such as {@code exp_avg.lm_head.weight}; what is written into these tensors
   * is the state from then on.
   */
  public Map<String, LeasedTensor> state() {
    return weights.remembered();
  }
}
