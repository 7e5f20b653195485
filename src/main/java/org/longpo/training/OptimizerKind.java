package org.longpo.training;

import java.util.Arrays;
import java.util.Locale;
import org.longpo.error.UserError;

/** The optimizers by their name in settings ({@code optim}). */
public enum OptimizerKind {
  /** Adam with decoupled weight decay; what the paper says it used, weight decay being 0. */
  ADAMW(2),
  /** What the paper's code uses. */
  RMSPROP(1);

  private final int moments;

  OptimizerKind(int moments) {
    this.moments = moments;
  }

  /** Tensors of state per parameter, master copies aside. */
  int moments() {
    return moments;
  }

  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws UserError if there is no such optimizer
   */
  public static OptimizerKind parse(String name) {
    return Arrays.stream(values())
        .filter(kind -> kind.key().equals(name))
        .findFirst()
        .orElseThrow(() -> new UserError("Unknown optim '" + name + "': adamw or rmsprop."));
  }
}
