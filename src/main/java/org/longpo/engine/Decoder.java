package org.longpo.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import org.longpo.engine.TransformerBlock.Projected;
import org.longpo.engine.attention.AttentionKernel;
import org.longpo.engine.attention.TreeAttention;
import org.longpo.tensor.Scope;
import org.longpo.tensor.Tensor;
import org.longpo.tree.AttentionPart;
import org.longpo.tree.TokenTree;

/**
 * Extends the sequences of a prefilled tree by one token each at a time.
 *
 * <p>All sequences read the one cache of the tree: a node's keys are read once for all sequences
 * below it. The tokens that a sequence has generated are in a tail of its own.
 *
 * <p>Legend: B active sequences, H query heads, G key/value heads, N = H / G, D head dimension, s
 * tokens of a tail.
 */
final class Decoder {
  private final LanguageModel model;
  private final TokenTree tree;
  private final TreeAttention attention;
  private final KeyValueCache prefix;
  private final KeyValueCache tails;
  private final int tailLength;
  private final int pathLength;
  private int written;

  /** Allocates {@code maxNewTokens} tokens for every sequence, in the scope that is open now. */
  Decoder(
      LanguageModel model,
      TokenTree tree,
      EngineSettings settings,
      KeyValueCache prefix,
      int maxNewTokens,
      int pathLength) {
    this.model = model;
    this.tree = tree;
    this.attention = model.attention(settings);
    this.prefix = prefix;
    this.tailLength = maxNewTokens;
    this.pathLength = pathLength;
    tails = new KeyValueCache(model, (long) tree.sequences() * maxNewTokens);
  }

  /**
   * Reads one more token of each active sequence.
   *
   * @param active sequences, in the order of their last rows; the same or fewer at every call
   * @param tokens one token per active sequence
   * @return hidden states after the last block, [B, hidden size]
   */
  Tensor read(int[] active, int[] tokens) {
    int[] positions = Arrays.stream(active).map(s -> tree.length(s) + written).toArray();
    Rotation rotation = model.rotation(positions, pathLength);
    Tensor stream = model.embed(tokens);
    for (int layer = 0; layer < model.blocks().size(); layer++) {
      TransformerBlock block = model.blocks().get(layer);
      try (Scope layerScope = Scope.open()) {
        Projected projected = block.project(stream, rotation);
        for (int i = 0; i < active.length; i++) {
          long row = (long) active[i] * tailLength + written;
          tails.keys(layer).rows(row, row + 1).copyInPlace(projected.k().rows(i, i + 1L));
          tails.values(layer).rows(row, row + 1).copyInPlace(projected.v().rows(i, i + 1L));
        }
        AttentionKernel.Output share =
            attention.forward(
                projected.q(),
                prefix.keys(layer),
                prefix.values(layer),
                prefixParts(active, model.slidingWindow(layer)),
                0);
        TreeAttention.merge(
            share.out(), share.logSumExp(), attendTails(layer, active, projected.q()));
        stream = layerScope.keep(block.finish(stream, share.out()));
      }
    }
    written++;
    return stream;
  }

  /** Sequences in the order of their last rows, so that those below a node are adjacent. */
  static int[] inTreeOrder(TokenTree tree) {
    List<Integer> order = new ArrayList<>();
    for (int s = 0; s < tree.sequences(); s++) {
      order.add(s);
    }
    order.sort(Comparator.comparingInt(tree::lastRowOf));
    return order.stream().mapToInt(Integer::intValue).toArray();
  }

  /** For every node the rectangle of the active sequences whose path contains it. */
  private List<AttentionPart> prefixParts(int[] active, OptionalInt window) {
    List<AttentionPart> parts = new ArrayList<>();
    for (TokenTree.Node node : tree.nodes()) {
      int from = 0;
      while (from < active.length && tree.lastRowOf(active[from]) < node.start()) {
        from++;
      }
      int to = from;
      while (to < active.length && tree.lastRowOf(active[to]) < node.subtreeEnd()) {
        to++;
      }
      if (window.isEmpty()) {
        addIfAny(parts, from, to, node.start(), node.end());
      } else {
        // Sequences of different lengths see different keys: one rectangle each.
        for (int i = from; i < to; i++) {
          int position = tree.length(active[i]) + written;
          int firstSeen = position - window.getAsInt() + 1;
          int start = node.start() + Math.max(0, firstSeen - node.firstPosition());
          addIfAny(parts, i, i + 1, start, node.end());
        }
      }
    }
    return parts;
  }

  private static void addIfAny(List<AttentionPart> parts, int from, int to, int start, int end) {
    if (from < to && start < end) {
      parts.add(new AttentionPart(from, to, start, end, AttentionPart.FULL));
    }
  }

  /** Attention of every active sequence to its own tail, the token just read included. */
  private AttentionKernel.Output attendTails(int layer, int[] active, Tensor q) {
    int from =
        model.slidingWindow(layer).isPresent()
            ? Math.max(0, written + 1 - model.slidingWindow(layer).getAsInt())
            : 0;
    long length = written + 1L - from;
    Tensor rows = Tensor.of(active, model.device());
    // [B, G, s, D]
    Tensor keys = tail(tails.keys(layer), rows, from, length);
    Tensor values = tail(tails.values(layer), rows, from, length);
    long groups = keys.size(1);
    long headDim = keys.size(3);
    Tensor query =
        q.view(active.length, groups, -1, headDim).mul(model.config().attention().scale());
    Tensor scores = query.matmul(keys.transpose(2, 3)).to(q.dtype().accumulation());
    Tensor logSumExp = scores.logSumExp(3, true);
    Tensor weights = scores.sub(logSumExp).expInPlace().to(q.dtype());
    return new AttentionKernel.Output(
        weights.matmul(values).reshape(active.length, -1, headDim),
        logSumExp.reshape(active.length, -1));
  }

  private Tensor tail(Tensor all, Tensor sequences, long from, long length) {
    return all.view(tree.sequences(), tailLength, all.size(1), all.size(2))
        .narrow(1, from, length)
        .indexSelect(0, sequences)
        .transpose(1, 2);
  }
}
