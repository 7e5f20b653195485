package org.longpo.engine;

import org.jspecify.annotations.Nullable;
import org.longpo.tensor.Tensor;

/**
 * A weight under its Hugging Face name and, if it is trained, the sum of its gradients.
 *
 * <p>Gradients accumulate in float32 (float64 for float64 weights) whatever the weight's type is:
 * thousands of tiles are added up.
 */
public final class Parameter {
  private final String name;
  private final Tensor value;
  private @Nullable Tensor gradient;

  public Parameter(String name, Tensor value) {
    this.name = name;
    this.value = value;
  }

  public String name() {
    return name;
  }

  public Tensor value() {
    return value;
  }

  /** Allocates the gradient in the scope that is open now, and sets it to zero. */
  public Tensor train() {
    Tensor zero = Tensor.zeros(value.dtype().accumulation(), value.device(), value.shape());
    gradient = zero;
    return zero;
  }

  public boolean isTrained() {
    return gradient != null;
  }

  /**
   * @throws IllegalStateException if the parameter is not trained
   */
  public Tensor gradient() {
    Tensor sum = gradient;
    if (sum == null) {
      throw new IllegalStateException(name + " is not trained and has no gradient");
    }
    return sum;
  }

  public void zeroGradient() {
    if (gradient != null) {
      gradient.fillInPlace(0);
    }
  }

  /**
   * Adds {@code left^T x right}: the gradient of a matrix of shape [left columns, right columns].
   */
  void accumulateProduct(Tensor left, Tensor right) {
    if (gradient == null) {
      return;
    }
    Tensor transposed = left.transpose(0, 1);
    if (left.dtype() == gradient.dtype()) {
      gradient.addMatmulInPlace(transposed, right);
    } else {
      gradient.addInPlace(transposed.matmul(right));
    }
  }

  /** Adds the sum over rows of a [rows, width] gradient: that of a bias or a norm's weight. */
  void accumulateRows(Tensor rows) {
    if (gradient != null) {
      gradient.addInPlace(rows.to(gradient.dtype()).sum(0, false));
    }
  }
}
