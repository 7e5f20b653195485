package org.longpo.tensor;

import java.util.List;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.OperatorHandle;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * libtorch's flash attention on the CPU and on CUDA, forward and backward, reached through its
 * dispatcher.
 *
 * <p>Legend: B batch, H heads, Q queries, K keys, D head dimension. {@code isCausal} only for Q =
 * K: for other shapes kernels differ in how they align the diagonal.
 */
public final class FlashAttention {
  private static final double NO_DROPOUT = 0.0;
  private static final int CUDA_HEAD_DIM_STEP = 8;
  private static final int CUDA_MAX_HEAD_DIM = 256;

  private FlashAttention() {}

  /** Whether the kernels of a device take this type and head dimension. */
  public static boolean supports(DType dtype, Device device, int headDim) {
    return switch (device.kind()) {
      case CPU -> dtype.isFloatingPoint();
      case CUDA ->
          (dtype == DType.BFLOAT16 || dtype == DType.FLOAT16)
              && headDim % CUDA_HEAD_DIM_STEP == 0
              && headDim <= CUDA_MAX_HEAD_DIM;
    };
  }

  /**
   * @param out [B, H, Q, D]
   * @param logSumExp [B, H, Q], natural logs of the softmax denominators, float32 (float64 for
   *     float64)
   */
  public record Result(Tensor out, Tensor logSumExp) {}

  /** Gradients in the shapes of q, k and v. */
  public record Gradients(Tensor query, Tensor key, Tensor value) {}

  /** q: [B, H, Q, D]; k, v: [B, H, K, D], with any strides. */
  public static Result forward(Tensor q, Tensor k, Tensor v, boolean isCausal, double scale) {
    List<Tensor> results =
        switch (q.device().kind()) {
          case CPU ->
              call(
                  "aten::_scaled_dot_product_flash_attention_for_cpu",
                  2,
                  new IValue(q.raw()),
                  new IValue(k.raw()),
                  new IValue(v.raw()),
                  new IValue(NO_DROPOUT),
                  new IValue(isCausal),
                  /* attention mask */ new IValue(),
                  new IValue(scale));
          case CUDA ->
              call(
                  "aten::_scaled_dot_product_flash_attention",
                  2,
                  new IValue(q.raw()),
                  new IValue(k.raw()),
                  new IValue(v.raw()),
                  new IValue(NO_DROPOUT),
                  new IValue(isCausal),
                  /* debug mask */ new IValue(false),
                  new IValue(scale));
        };
    return new Result(results.get(0), results.get(1));
  }

  /**
   * @param forward what forward gave; it may be that of a softmax over more keys than {@code k}:
   *     then the gradients are this part's share
   */
  public static Gradients backward(
      Tensor outGradient,
      Tensor q,
      Tensor k,
      Tensor v,
      Result forward,
      boolean isCausal,
      double scale) {
    List<Tensor> results =
        switch (q.device().kind()) {
          case CPU ->
              call(
                  "aten::_scaled_dot_product_flash_attention_for_cpu_backward",
                  3,
                  new IValue(outGradient.raw()),
                  new IValue(q.raw()),
                  new IValue(k.raw()),
                  new IValue(v.raw()),
                  new IValue(forward.out().raw()),
                  new IValue(forward.logSumExp().raw()),
                  new IValue(NO_DROPOUT),
                  new IValue(isCausal),
                  /* attention mask */ new IValue(),
                  new IValue(scale));
          case CUDA ->
              call(
                  "aten::_scaled_dot_product_flash_attention_backward",
                  3,
                  new IValue(outGradient.raw()),
                  new IValue(q.raw()),
                  new IValue(k.raw()),
                  new IValue(v.raw()),
                  new IValue(forward.out().raw()),
                  // The kernel reads only its address.
                  new IValue(forward.logSumExp().contiguous().raw()),
                  // Batches of equal lengths have no cumulative lengths.
                  new IValue(new org.bytedeco.pytorch.Tensor()),
                  new IValue(new org.bytedeco.pytorch.Tensor()),
                  new IValue(q.size(2)),
                  new IValue(k.size(2)),
                  new IValue(NO_DROPOUT),
                  new IValue(isCausal),
                  noRandomState(q, 2),
                  noRandomState(q),
                  new IValue(scale));
        };
    return new Gradients(results.get(0), results.get(1), results.get(2));
  }

  /**
   * The random state of dropout, which is not used: it has the right shape and type and is never
   * read.
   */
  private static IValue noRandomState(Tensor q, long... shape) {
    TensorOptions options =
        new TensorOptions()
            .dtype(new ScalarTypeOptional(ScalarType.UInt64))
            .device(new DeviceOptional(q.device().raw()));
    return new IValue(torch.empty(shape, options, null));
  }

  private static List<Tensor> call(String operator, int results, IValue... arguments) {
    IValueVector stack = new IValueVector(arguments);
    // Looked up again at each call: a cached handle would be freed with the scope it was made in.
    OperatorHandle handle = Dispatcher.singleton().findSchemaOrThrow(operator, "");
    handle.callBoxed(stack);
    Tensor[] tensors = new Tensor[results];
    for (int i = 0; i < results; i++) {
      tensors[i] = new Tensor(stack.get(i).toTensor());
    }
    return List.of(tensors);
  }
}
