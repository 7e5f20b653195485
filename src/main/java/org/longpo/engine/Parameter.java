package org.longpo.engine;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.longpo.tensor.DType;
import org.longpo.tensor.Tensor;

/**
 * A weight under its Hugging Face name and, if it is trained, the sum of its gradients and what an
 * optimizer remembers of it. They are read and changed while the weight's part is leased.
 *
 * <p>Gradients accumulate in float32 (float64 for float64 weights) whatever the weight's type is:
 * thousands of tiles are added up.
 */
public final class Parameter {
  private final String name;
  private final Tensor value;
  private final DType dtype;
  private final long[] shape;
  private final Map<String, Tensor> remembered = new LinkedHashMap<>();
  private @Nullable Tensor gradient;

  public Parameter(String name, Tensor value) {
    this.name = name;
    this.value = value;
    this.dtype = value.dtype();
    this.shape = value.shape();
  }

  public String name() {
    return name;
  }

  public Tensor value() {
    return value;
  }

  public DType dtype() {
    return dtype;
  }

  public long[] shape() {
    return shape.clone();
  }

  public long elements() {
    return Arrays.stream(shape).reduce(1, Math::multiplyExact);
  }

  /**
   * Keeps what an optimizer has to remember of this weight, with the weight.
   *
   * @param tensor of the weight's shape, in the type in which its gradients are summed
   */
  public void remember(String what, Tensor tensor) {
    remembered.put(what, tensor);
  }

  /**
   * @throws IllegalStateException if nothing of that name is remembered
   */
  public Tensor remembered(String what) {
    Tensor tensor = remembered.get(what);
    if (tensor == null) {
      throw new IllegalStateException("nothing called " + what + " is remembered of " + name);
    }
    return tensor;
  }

  /** What is remembered, in the order in which it was given. */
  public List<String> remembered() {
    return List.copyOf(remembered.keySet());
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
