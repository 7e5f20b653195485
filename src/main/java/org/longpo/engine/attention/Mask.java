package org.longpo.engine.attention;

import org.longpo.tensor.DType;
import org.longpo.tensor.Device;
import org.longpo.tensor.Tensor;
import org.longpo.tree.AttentionPart.Causal;
import org.longpo.tree.AttentionPart.Full;
import org.longpo.tree.AttentionPart.Visibility;
import org.longpo.tree.AttentionPart.WindowEdge;

/** Removes the scores of keys that a query does not see from the softmax. */
final class Mask {
  private Mask() {}

  /**
   * Sets unseen scores to minus infinity.
   *
   * @param scores [G, queries x group, keys], changed in place
   */
  static void apply(Tensor scores, Visibility visibility, Block queries, Block keys) {
    switch (visibility) {
      case Full ignored -> {}
      case Causal ignored -> {
        // Unseen: key > query, that is column - row >= shift + 1 within the block.
        int shift = queries.start() - keys.start();
        if (keys.length() - 1 > shift) {
          fill(
              scores,
              ones(queries, keys, scores.device()).upperTriangleInPlace(shift + 1L),
              queries);
        }
      }
      case WindowEdge edge -> {
        // Unseen: key <= query + offset.
        int shift = queries.start() - keys.start() + edge.offset();
        if (shift > -queries.length()) {
          fill(scores, ones(queries, keys, scores.device()).lowerTriangleInPlace(shift), queries);
        }
      }
    }
  }

  private static Tensor ones(Block queries, Block keys, Device device) {
    return Tensor.full(1, DType.BOOL, device, queries.length(), keys.length());
  }

  private static void fill(Tensor scores, Tensor unseen, Block queries) {
    long group = scores.size(1) / queries.length();
    scores
        .view(scores.size(0), queries.length(), group, scores.size(2))
        .maskedFillInPlace(unseen.unsqueeze(1).unsqueeze(0), Double.NEGATIVE_INFINITY);
  }
}
