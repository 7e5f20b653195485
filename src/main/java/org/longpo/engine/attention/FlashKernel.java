package org.longpo.engine.attention;

import org.longpo.tensor.FlashAttention;
import org.longpo.tensor.Libtorch;
import org.longpo.tensor.Scope;
import org.longpo.tensor.Tensor;
import org.longpo.tree.AttentionPart.Causal;
import org.longpo.tree.AttentionPart.Full;
import org.longpo.tree.AttentionPart.Visibility;
import org.longpo.tree.AttentionPart.WindowEdge;

/**
 * libtorch's flash attention; edges of sliding windows, which it does not know, go through {@link
 * BlockedKernel}.
 *
 * <p>Key/value heads are never copied for their group: on the causal square the group is a second
 * head dimension of stride 0, elsewhere the group's queries stand side by side as rows.
 */
final class FlashKernel implements AttentionKernel {
  /** Above this size the memory of gradients decides; below it, the cost of a call. */
  private static final long LONG_ROWS = 4096;

  private final BlockedKernel edges = new BlockedKernel();

  @Override
  public Output forward(Tensor q, Tensor k, Tensor v, Visibility visibility, double scale) {
    return switch (visibility) {
      case WindowEdge ignored -> edges.forward(q, k, v, visibility, scale);
      case Causal ignored -> {
        Heads heads = Heads.of(q, k);
        FlashAttention.Result result =
            FlashAttention.forward(
                heads.grouped(q), heads.repeated(k), heads.repeated(v), true, scale);
        yield new Output(
            heads.ungrouped(result.out()), heads.ungroupedStatistic(result.logSumExp()));
      }
      case Full ignored -> {
        Heads heads = Heads.of(q, k);
        FlashAttention.Result result =
            FlashAttention.forward(heads.folded(q), heads.plain(k), heads.plain(v), false, scale);
        yield new Output(heads.unfolded(result.out()), heads.unfoldedStatistic(result.logSumExp()));
      }
    };
  }

  @Override
  public void backward(
      Saved saved,
      Tensor q,
      Tensor k,
      Tensor v,
      Visibility visibility,
      double scale,
      Gradients gradients) {
    switch (visibility) {
      case WindowEdge ignored -> edges.backward(saved, q, k, v, visibility, scale, gradients);
      case Causal ignored ->
          causalBackward(saved, q, k, v, scale, gradients, keyValueHeadsAtOnce(q, k));
      case Full ignored -> {
        Heads heads = Heads.of(q, k);
        FlashAttention.Gradients result =
            FlashAttention.backward(
                heads.folded(saved.outGradient()),
                heads.folded(q),
                heads.plain(k),
                heads.plain(v),
                new FlashAttention.Result(
                    heads.folded(saved.out()), heads.foldedStatistic(saved.logSumExp())),
                false,
                scale);
        gradients.query().addInPlace(heads.unfolded(result.query()));
        gradients.key().addInPlace(heads.unplain(result.key()));
        gradients.value().addInPlace(heads.unplain(result.value()));
      }
    }
  }

  /**
   * The library returns gradients of keys and values once for every query head: for all heads at
   * once they would need more memory than all else in a layer.
   */
  static void causalBackward(
      Saved saved,
      Tensor q,
      Tensor k,
      Tensor v,
      double scale,
      Gradients gradients,
      long keyValueHeadsAtOnce) {
    for (Heads heads : Heads.of(q, k).split(keyValueHeadsAtOnce)) {
      try (Scope ignored = Scope.open()) {
        FlashAttention.Gradients result =
            FlashAttention.backward(
                heads.grouped(saved.outGradient()),
                heads.grouped(q),
                heads.repeated(k),
                heads.repeated(v),
                new FlashAttention.Result(
                    heads.grouped(saved.out()), heads.groupedStatistic(saved.logSumExp())),
                true,
                scale);
        heads.grouped(gradients.query()).addInPlace(result.query());
        heads.addOverGroup(gradients.key(), result.key());
        heads.addOverGroup(gradients.value(), result.value());
      }
    }
  }

  /**
   * The smallest number that keeps every thread busy: on the CPU a thread works on one query head.
   */
  private static long keyValueHeadsAtOnce(Tensor q, Tensor k) {
    return q.device().isCpu() && q.size(0) >= LONG_ROWS
        ? Math.ceilDiv(Libtorch.threads(), Heads.of(q, k).group())
        : Long.MAX_VALUE;
  }
}
