package org.longpo.tensor;

import java.util.List;
import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.OperatorHandle;

/**
 * libtorch's flash attention on the CPU, forward and backward, reached through its dispatcher.
 *
 * <p>Legend: B batch, H heads, Q queries, K keys, D head dimension. {@code isCausal} only for Q =
 * K: for other shapes kernels differ in how they align the diagonal.
 */
public final class FlashAttention {
  private static final double NO_DROPOUT = 0.0;

  private FlashAttention() {}

  /**
   * @param out [B, H, Q, D]
   * @param logSumExp [B, H, Q], natural logs of the softmax denominators, float32 (float64 for
   *     float64)
   */
  public record Result(Tensor out, Tensor logSumExp) {}

  /** Gradients in the shapes of q, k and v. */
  public record Gradients(Tensor query, Tensor key, Tensor value) {}

  /** q: [B, H, Q, D]; k, v: [B, H, K, D], strides as they come. */
  public static Result forward(Tensor q, Tensor k, Tensor v, boolean isCausal, double scale) {
    List<Tensor> results =
        call(
            "aten::_scaled_dot_product_flash_attention_for_cpu",
            2,
            new IValue(q.raw()),
            new IValue(k.raw()),
            new IValue(v.raw()),
            new IValue(NO_DROPOUT),
            new IValue(isCausal),
            new IValue(),
            new IValue(scale));
    return new Result(results.get(0), results.get(1));
  }

  /**
   * {@code out} and {@code logSumExp} may be those of a softmax over more keys than {@code k}: then
   * the gradients are this part's share.
   */
  public static Gradients backward(
      Tensor outGradient,
      Tensor q,
      Tensor k,
      Tensor v,
      Tensor out,
      Tensor logSumExp,
      boolean isCausal,
      double scale) {
    List<Tensor> results =
        call(
            "aten::_scaled_dot_product_flash_attention_for_cpu_backward",
            3,
            new IValue(outGradient.raw()),
            new IValue(q.raw()),
            new IValue(k.raw()),
            new IValue(v.raw()),
            new IValue(out.raw()),
            new IValue(logSumExp.raw()),
            new IValue(NO_DROPOUT),
            new IValue(isCausal),
            new IValue(),
            new IValue(scale));
    return new Gradients(results.get(0), results.get(1), results.get(2));
  }

  private static List<Tensor> call(String operator, int results, IValue... arguments) {
    IValueVector stack = new IValueVector(arguments);
    // Looked up anew at each call: a cached handle would be freed with the scope it was made in.
    OperatorHandle handle = Dispatcher.singleton().findSchemaOrThrow(operator, "");
    handle.callBoxed(stack);
    Tensor[] tensors = new Tensor[results];
    for (int i = 0; i < results; i++) {
      tensors[i] = new Tensor(stack.get(i).toTensor());
    }
    return List.of(tensors);
  }
}
