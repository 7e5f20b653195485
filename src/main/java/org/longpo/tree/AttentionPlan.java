package org.longpo.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Cuts the attention of a range of rows of a token tree into rectangles. */
public final class AttentionPlan {
  private AttentionPlan() {}

  /** Every row reads all its ancestors. */
  public static List<AttentionPart> of(TokenTree tree) {
    return of(tree, 0, tree.rows(), OptionalInt.empty());
  }

  /**
   * The parts that the query rows [from, to) read.
   *
   * @param window a query at position p sees keys at positions greater than p - window
   */
  public static List<AttentionPart> of(TokenTree tree, int from, int to, OptionalInt window) {
    List<AttentionPart> parts = new ArrayList<>();
    if (window.isPresent()) {
      for (TokenTree.Node node : tree.nodes()) {
        int start = Math.max(from, node.start());
        int end = Math.min(to, node.end());
        // Blocks no longer than the window: within a block every earlier row is visible.
        for (int block = start; block < end; block += window.getAsInt()) {
          addWindowed(
              tree,
              node,
              block,
              Math.min(end, block + window.getAsInt()),
              window.getAsInt(),
              parts);
        }
      }
      return parts;
    }
    for (TokenTree.Node node : tree.nodes()) {
      int ownStart = Math.max(from, node.start());
      int ownEnd = Math.min(to, node.end());
      if (ownStart < ownEnd) {
        addIfAny(parts, ownStart, ownEnd, node.start(), ownStart, AttentionPart.FULL);
        addIfAny(parts, ownStart, ownEnd, ownStart, ownEnd, AttentionPart.CAUSAL);
      }
      // Descendants are contiguous: all of them read this node in one rectangle.
      int below = Math.max(from, node.end());
      addIfAny(
          parts,
          below,
          Math.min(to, node.subtreeEnd()),
          node.start(),
          node.end(),
          AttentionPart.FULL);
    }
    return parts;
  }

  /** The parts of one block of a node's own rows, walking up its path. */
  private static void addWindowed(
      TokenTree tree,
      TokenTree.Node own,
      int queryStart,
      int queryEnd,
      int window,
      List<AttentionPart> parts) {
    int firstPosition = own.firstPosition() + queryStart - own.start();
    int lastPosition = firstPosition + queryEnd - queryStart - 1;
    // Keys in (seenByAll, ...] are visible to the whole block, those in (seenByFirst, seenByAll]
    // to its first rows only.
    int seenByAll = lastPosition - window;
    int seenByFirst = firstPosition - window;
    addIfAny(parts, queryStart, queryEnd, queryStart, queryEnd, AttentionPart.CAUSAL);
    for (TokenTree.Node node = own; ; node = tree.nodes().get(node.parent())) {
      int nodeEnd = node == own ? queryStart : node.end();
      int shift = node.start() - node.firstPosition();
      int fullStart = Math.clamp(seenByAll + 1L + shift, node.start(), nodeEnd);
      addIfAny(parts, queryStart, queryEnd, fullStart, nodeEnd, AttentionPart.FULL);
      int edgeStart = Math.clamp(seenByFirst + 1L + shift, node.start(), nodeEnd);
      if (edgeStart < fullStart) {
        int lastKeyPosition = fullStart - 1 - shift;
        // The rows that still see the part's last key; each of them sees at least one key.
        int seeing = Math.min(queryEnd - queryStart, lastKeyPosition + window - firstPosition);
        int offset = firstPosition - window - (edgeStart - shift);
        addIfAny(
            parts,
            queryStart,
            queryStart + seeing,
            edgeStart,
            fullStart,
            new AttentionPart.WindowEdge(offset));
      }
      if (node.isRoot()) {
        return;
      }
    }
  }

  private static void addIfAny(
      List<AttentionPart> parts,
      int queryStart,
      int queryEnd,
      int keyStart,
      int keyEnd,
      AttentionPart.Visibility visibility) {
    if (queryStart < queryEnd && keyStart < keyEnd) {
      parts.add(new AttentionPart(queryStart, queryEnd, keyStart, keyEnd, visibility));
    }
  }
}
