package org.longpo.training;

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
}
