package org.longpo.evaluation;

import java.util.Arrays;
import java.util.List;
import org.longpo.tree.TokenTree;

/** Counts the tokens that a model reads for items, one after the other, in one call. */
final class SharedReading {
  private int[] before = {};

  /** Tokens of an item that are shared neither by its sequences nor with the item before it. */
  long tokens(List<int[]> sequences) {
    if (sequences.isEmpty()) {
      return 0;
    }
    int[] first = sequences.getFirst();
    int differs = Arrays.mismatch(before, first);
    int shared = differs < 0 ? first.length : differs;
    before = first;
    return TokenTree.of(sequences).rows() - (long) shared;
  }
}
