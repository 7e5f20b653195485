package org.longpo.tensor;

import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;

/**
 * Textbook softmax attention with its full matrix of scores, through libtorch's autograd, on the
 * CPU in float64.
 *
 * <p>Legend: Q queries, K keys, H query heads, G key/value heads, D head dimension.
 */
public final class AutogradAttention {
  private AutogradAttention() {}

  /** out: [Q, H, D]; logSumExp: [Q, H]; the gradients in the shapes of q, k and v. */
  public record Result(
      double[] out, double[] logSumExp, double[] query, double[] key, double[] value) {}

  /**
   * @param q [Q, H, D]; k, v: [K, G, D]
   * @param unseen [Q, K], true where a query does not see a key
   * @param outGradient [Q, H, D]
   */
  public static Result of(
      Tensor q, Tensor k, Tensor v, Tensor unseen, Tensor outGradient, double scale) {
    try (Scope ignored = Scope.open()) {
      long group = q.size(1) / k.size(1);
      var query = leaf(q);
      var key = leaf(k);
      var value = leaf(v);
      var keys = key.repeat_interleave(group, new LongOptional(1), new LongOptional());
      var values = value.repeat_interleave(group, new LongOptional(1), new LongOptional());
      var scores =
          query
              .transpose(0, 1)
              .matmul(keys.permute(1, 2, 0))
              .mul(new Scalar(scale))
              .masked_fill(unseen.raw(), new Scalar(Double.NEGATIVE_INFINITY));
      var out =
          org.bytedeco
              .pytorch
              .global
              .torch
              .softmax(scores, -1)
              .matmul(values.transpose(0, 1))
              .transpose(0, 1);
      out.mul(wide(outGradient)).sum().backward();
      return new Result(
          new Tensor(out.detach()).toDoubles(),
          new Tensor(scores.detach()).logSumExp(2, false).transpose(0, 1).toDoubles(),
          new Tensor(query.grad()).toDoubles(),
          new Tensor(key.grad()).toDoubles(),
          new Tensor(value.grad()).toDoubles());
    }
  }

  private static org.bytedeco.pytorch.Tensor leaf(Tensor tensor) {
    return wide(tensor).detach().clone().set_requires_grad(true);
  }

  private static org.bytedeco.pytorch.Tensor wide(Tensor tensor) {
    return tensor.to(DType.FLOAT64).to(Device.CPU).raw();
  }
}
