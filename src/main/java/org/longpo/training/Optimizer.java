package org.longpo.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.longpo.engine.Parameter;
import org.longpo.tensor.DType;
import org.longpo.tensor.Device;
import org.longpo.tensor.Scope;
import org.longpo.tensor.Tensor;

/**
 * Turns gradients into updates of the weights, by the formulas of {@code torch.optim}.
 *
 * <p>Updates happen in float32 (float64 for float64 weights): where the weights are narrower, a
 * master copy is updated and rounded into them. At learning rates of 1e-6, a bfloat16 weight would
 * not move otherwise.
 */
public sealed interface Optimizer permits AdamW, RmsProp {
  /**
   * An optimizer for some parameters, its state zero, in the scope open now.
   *
   * @param weightDecay decoupled for AdamW, added to the gradient for RMSprop, as in torch
   * @param home where the state lives and is updated: the weights' device, or the CPU
   */
  static Optimizer create(
      OptimizerKind kind, List<Parameter> parameters, WeightDecay weightDecay, Device home) {
    List<Master> masters = Master.of(parameters, home);
    return switch (kind) {
      case ADAMW -> new AdamW(masters, weightDecay);
      case RMSPROP -> new RmsProp(masters, weightDecay);
    };
  }

  /** Updates every parameter by its gradient, which stays as it is. */
  void update(double learningRate);

  /** Updates done so far. */
  long updates();

  /** Continues the count of a stored state. */
  void restoreUpdates(long updates);

  /**
   * The state by name, such as {@code exp_avg.lm_head.weight}; what is written into these tensors
   * is the state from then on.
   */
  Map<String, Tensor> state();

  /**
   * The tensor that is updated: the weight itself, or its master copy. A state that lives elsewhere
   * than the weights needs a copy too: gradients come to it and updated weights go back.
   *
   * @param isOwn whether it is the weight itself
   */
  record Master(Parameter parameter, Tensor tensor, boolean isOwn) {
    static final String NAME = "master.";

    /** In the scope open now. */
    static List<Master> of(List<Parameter> parameters, Device home) {
      List<Master> masters = new ArrayList<>();
      for (Parameter parameter : parameters) {
        Tensor value = parameter.value();
        DType exact = value.dtype().accumulation();
        boolean isOwn = value.dtype() == exact && value.device().equals(home);
        try (Scope scope = Scope.open()) {
          Tensor tensor = isOwn ? value : scope.keep(value.to(exact).to(home));
          masters.add(new Master(parameter, tensor, isOwn));
        }
      }
      return masters;
    }

    /** The parameter's gradient, where the state is. */
    Tensor gradient() {
      return parameter.gradient().to(tensor.device());
    }

    /** Room for a moment: zeros of the same shape and type. */
    Tensor zeros() {
      return Tensor.zeros(tensor.dtype(), tensor.device(), tensor.shape());
    }

    /** Rounds the master copy into the weight. */
    void publish() {
      if (!isOwn) {
        try (Scope ignored = Scope.open()) {
          parameter.value().copyInPlace(tensor);
        }
      }
    }
  }
}
