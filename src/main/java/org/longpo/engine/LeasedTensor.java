package org.longpo.engine;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.longpo.tensor.DType;
import org.longpo.tensor.Tensor;

/**
 * A weight, or what an optimizer remembers of one, by the part that it is leased with.
 *
 * @param source gives the tensor while the part is leased
 */
public record LeasedTensor(WeightPart<?> part, DType dtype, long[] shape, Supplier<Tensor> source) {
  /** The value of a weight of a part. */
  static LeasedTensor value(WeightPart<?> part, Parameter parameter) {
    return new LeasedTensor(part, parameter.dtype(), parameter.shape(), parameter::value);
  }

  /** What an optimizer remembers of a weight under a name. */
  static LeasedTensor remembered(WeightPart<?> part, Parameter parameter, String name) {
    return new LeasedTensor(
        part,
        parameter.dtype().accumulation(),
        parameter.shape(),
        () -> parameter.remembered(name));
  }

  /** Asks for the tensor, and gives it back when {@code work} is done. */
  public void use(Consumer<Tensor> work) {
    try (Lease<?> ignored = part.lease()) {
      work.accept(source.get());
    }
  }
}
