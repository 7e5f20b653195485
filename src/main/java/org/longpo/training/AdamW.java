package org.longpo.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.longpo.tensor.Scope;
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
public final class AdamW implements Optimizer {
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPSILON = 1e-8;

  /** One parameter's state: m and v. */
  private record Slot(Master master, double decay, Tensor average, Tensor averageSquare) {}

  private final List<Slot> slots = new ArrayList<>();
  private long updates;

  AdamW(List<Master> masters, WeightDecay weightDecay) {
    for (Master master : masters) {
      double decay = weightDecay.of(master.parameter().name());
      slots.add(new Slot(master, decay, master.zeros(), master.zeros()));
    }
  }

  @Override
  public void update(double learningRate) {
    updates++;
    double correction1 = 1 - Math.pow(BETA1, updates);
    double correction2 = Math.sqrt(1 - Math.pow(BETA2, updates));
    for (Slot slot : slots) {
      try (Scope ignored = Scope.open()) {
        Tensor gradient = slot.master().gradient();
        Tensor weight = slot.master().tensor();
        if (slot.decay() != 0) {
          weight.mulInPlace(1 - learningRate * slot.decay());
        }
        slot.average().mulInPlace(BETA1).addInPlace(gradient, 1 - BETA1);
        slot.averageSquare().mulInPlace(BETA2).addProductInPlace(gradient, gradient, 1 - BETA2);
        Tensor denominator =
            slot.averageSquare().sqrt().divInPlace(correction2).addInPlace(EPSILON);
        weight.addQuotientInPlace(slot.average(), denominator, -learningRate / correction1);
        slot.master().publish();
      }
    }
  }

  @Override
  public long updates() {
    return updates;
  }

  @Override
  public void restoreUpdates(long restored) {
    updates = restored;
  }

  @Override
  public Map<String, Tensor> state() {
    Map<String, Tensor> state = new LinkedHashMap<>();
    for (Slot slot : slots) {
      String name = slot.master().parameter().name();
      state.put("exp_avg." + name, slot.average());
      state.put("exp_avg_sq." + name, slot.averageSquare());
      if (!slot.master().isOwn()) {
        state.put(Master.NAME + name, slot.master().tensor());
      }
    }
    return state;
  }
}
