package org.longpo.engine.attention;

import java.util.List;
import org.longpo.tensor.Scope;
import org.longpo.tensor.Tensor;
import org.longpo.tree.AttentionPart;

/**
 * Attention of the rows of a token tree: every rectangle through a kernel, merged by log-sum-exp.
 *
 * <p>Legend: T query rows, S key rows, H query heads, G key/value heads, D head dimension.
 */
public final class TreeAttention {
  private final KernelChoice kernels;
  private final double scale;

  public TreeAttention(KernelChoice kernels, double scale) {
    this.kernels = kernels;
    this.scale = scale;
  }

  /** The factor of the scores. */
  public double scale() {
    return scale;
  }

  /**
   * @param q [T, H, D], the rows from {@code firstRow} on
   * @param k [S, G, D], rows from 0 on; v likewise
   * @param parts the rectangles of these query rows
   * @return out [T, H, D] and logSumExp [T, H], in the scope that is open now; a row without keys
   *     has the out 0 and the logSumExp minus infinity
   */
  public AttentionKernel.Output forward(
      Tensor q, Tensor k, Tensor v, List<AttentionPart> parts, int firstRow) {
    // Zeros, for a row that no part reads, or that is merged before its first values.
    Tensor out = Tensor.zeros(q.dtype(), q.device(), q.shape());
    Tensor logSumExp =
        Tensor.full(
            Double.NEGATIVE_INFINITY, q.dtype().accumulation(), q.device(), q.size(0), q.size(1));
    boolean[] seen = new boolean[(int) q.size(0)];
    for (AttentionPart part : parts) {
      int start = part.queryStart() - firstRow;
      int end = part.queryEnd() - firstRow;
      try (Scope ignored = Scope.open()) {
        AttentionKernel.Output share =
            kernels
                .forward()
                .instance()
                .forward(
                    q.rows(start, end),
                    k.rows(part.keyStart(), part.keyEnd()),
                    v.rows(part.keyStart(), part.keyEnd()),
                    part.visibility(),
                    scale);
        if (isFirst(seen, start, end)) {
          out.rows(start, end).copyInPlace(share.out());
          logSumExp.rows(start, end).copyInPlace(share.logSumExp());
        } else {
          merge(out.rows(start, end), logSumExp.rows(start, end), share);
        }
      }
    }
    return new AttentionKernel.Output(out, logSumExp);
  }

  /**
   * Adds to the gradients of q, k and v, all of whose rows start at row 0.
   *
   * @param saved outGradient and merged out [T, H, D], merged logSumExp [T, H]
   */
  public void backward(
      AttentionKernel.Saved saved,
      Tensor q,
      Tensor k,
      Tensor v,
      List<AttentionPart> parts,
      AttentionKernel.Gradients gradients) {
    for (AttentionPart part : parts) {
      int start = part.queryStart();
      int end = part.queryEnd();
      int keyStart = part.keyStart();
      int keyEnd = part.keyEnd();
      try (Scope ignored = Scope.open()) {
        kernels
            .backward()
            .instance()
            .backward(
                new AttentionKernel.Saved(
                    saved.outGradient().rows(start, end),
                    saved.out().rows(start, end),
                    saved.logSumExp().rows(start, end)),
                q.rows(start, end),
                k.rows(keyStart, keyEnd),
                v.rows(keyStart, keyEnd),
                part.visibility(),
                scale,
                new AttentionKernel.Gradients(
                    gradients.query().rows(start, end),
                    gradients.key().rows(keyStart, keyEnd),
                    gradients.value().rows(keyStart, keyEnd)));
      }
    }
  }

  /** Whether none of the rows was read before; marks them. */
  private static boolean isFirst(boolean[] seen, int start, int end) {
    boolean first = true;
    for (int row = start; row < end; row++) {
      first &= !seen[row];
      seen[row] = true;
    }
    return first;
  }

  /** The softmax over two disjoint sets of keys from the softmaxes over each; in place. */
  public static void merge(Tensor out, Tensor logSumExp, AttentionKernel.Output share) {
    Tensor merged = logSumExp.logAddExp(share.logSumExp());
    Tensor oldWeight = logSumExp.sub(merged).expInPlace().unsqueeze(2);
    Tensor newWeight = share.logSumExp().sub(merged).expInPlace().unsqueeze(2);
    out.copyInPlace(out.mul(oldWeight).addInPlace(share.out().mul(newWeight)));
    logSumExp.copyInPlace(merged);
  }
}
