package org.longpo.training;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.longpo.checkpoint.ElementType;
import org.longpo.checkpoint.OutputTensor;
import org.longpo.checkpoint.TensorEntry;
import org.longpo.engine.Lease;
import org.longpo.engine.LeasedTensor;
import org.longpo.engine.ModelLoader;
import org.longpo.tensor.DType;
import org.longpo.tensor.Device;
import org.longpo.tensor.Scope;
import org.longpo.tensor.Tensor;

/** Between tensors and the bytes of safetensors files. */
public final class TensorBytes {
  private TensorBytes() {}

  /** A tensor under a name, asked for and fetched from its device when it is written. */
  public static OutputTensor output(String name, LeasedTensor tensor) {
    return output(name, tensor, tensor.dtype());
  }

  /** The same, converted to another type. */
  public static OutputTensor output(String name, LeasedTensor tensor, DType dtype) {
    return output(name, tensor, dtype, value -> value);
  }

  /** Something of the same shape that is computed from the tensor when it is written. */
  static OutputTensor output(
      String name, LeasedTensor tensor, DType dtype, UnaryOperator<Tensor> change) {
    return new OutputTensor(
        name,
        elementType(dtype),
        Arrays.stream(tensor.shape()).boxed().toList(),
        sink -> {
          try (Scope ignored = Scope.open();
              Lease<?> leased = tensor.part().lease()) {
            Tensor value = change.apply(tensor.source().get());
            sink.accept(value.to(dtype).to(Device.CPU).contiguous().memory());
          }
        });
  }

  /**
   * Copies stored bytes into a tensor.
   *
   * @throws IllegalStateException if type or shape differ
   */
  public static void restore(TensorEntry entry, Tensor into) {
    DType dtype = ModelLoader.dtypeOf(entry.type());
    if (dtype != into.dtype() || !Arrays.equals(entry.shape(), into.shape())) {
      throw new IllegalStateException(
          "%s is %s of shape %s, expected %s of shape %s"
              .formatted(
                  entry.name(),
                  dtype,
                  Arrays.toString(entry.shape()),
                  into.dtype(),
                  Arrays.toString(into.shape())));
    }
    try (Scope ignored = Scope.open()) {
      into.copyInPlace(Tensor.ofMemory(entry.data(), dtype, entry.shape()));
    }
  }

  private static ElementType elementType(DType dtype) {
    return switch (dtype) {
      case FLOAT64 -> ElementType.F64;
      case FLOAT32 -> ElementType.F32;
      case FLOAT16 -> ElementType.F16;
      case BFLOAT16 -> ElementType.BF16;
      case INT64 -> ElementType.I64;
      case BOOL -> ElementType.BOOL;
    };
  }
}
