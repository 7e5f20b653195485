package org.longpo.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.longpo.tensor.Scope;
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
public final class RmsProp implements Optimizer {
  private static final double ALPHA = 0.99;
  private static final double EPSILON = 1e-8;

  /** One parameter's state: v. */
  private record Slot(Master master, double decay, Tensor averageSquare) {}

  private final List<Slot> slots = new ArrayList<>();
  private long updates;

  RmsProp(List<Master> masters, WeightDecay weightDecay) {
    for (Master master : masters) {
      slots.add(new Slot(master, weightDecay.of(master.parameter().name()), master.zeros()));
    }
  }

  @Override
  public void update(double learningRate) {
    updates++;
    for (Slot slot : slots) {
      try (Scope ignored = Scope.open()) {
        Tensor weight = slot.master().tensor();
        Tensor gradient = slot.master().gradient();
        if (slot.decay() != 0) {
          gradient = gradient.copy().addInPlace(weight, slot.decay());
        }
        slot.averageSquare().mulInPlace(ALPHA).addProductInPlace(gradient, gradient, 1 - ALPHA);
        Tensor denominator = slot.averageSquare().sqrt().addInPlace(EPSILON);
        weight.addQuotientInPlace(gradient, denominator, -learningRate);
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
      state.put("square_avg." + name, slot.averageSquare());
      if (!slot.master().isOwn()) {
        state.put(Master.NAME + name, slot.master().tensor());
      }
    }
    return state;
  }
}
