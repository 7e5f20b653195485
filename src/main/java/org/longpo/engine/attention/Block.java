package org.longpo.engine.attention;

import java.util.ArrayList;
import java.util.List;
import org.longpo.tree.AttentionPart.Causal;
import org.longpo.tree.AttentionPart.Full;
import org.longpo.tree.AttentionPart.Visibility;
import org.longpo.tree.AttentionPart.WindowEdge;

/** A range [start, end) of the queries or keys of a rectangle. */
record Block(int start, int end) {
  int length() {
    return end - start;
  }

  List<Block> cut(int size) {
    List<Block> blocks = new ArrayList<>();
    for (int from = start; from < end; from += size) {
      blocks.add(new Block(from, Math.min(end, from + size)));
    }
    return blocks;
  }

  /** The keys, out of {@code keys}, that at least one of these queries sees. */
  Block seenKeys(Visibility visibility, int keys) {
    return switch (visibility) {
      case Full ignored -> new Block(0, keys);
      case Causal ignored -> new Block(0, Math.min(keys, end));
      case WindowEdge edge -> new Block(Math.clamp(start + edge.offset() + 1L, 0, keys), keys);
    };
  }
}
