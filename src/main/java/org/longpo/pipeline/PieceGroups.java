package org.longpo.pipeline;

import java.util.ArrayList;
import java.util.List;
import org.longpo.documents.DocumentSpan;

/**
 * Pieces in groups that are written together. The groups follow from the pieces and their length
 * alone, so that a run that continues another one has the same batches: with 16-bit weights, what
 * else is in a batch decides, by rounding, draws that are close.
 */
final class PieceGroups {
  /**
   * Tokens of the pieces of a group: the keys and values of a batch of short pieces then take no
   * more memory than those of one piece of a usual long context. Answers come on top.
   */
  static final int MOST_TOKENS = 65_536;

  /**
   * Pieces of a group: with several answers each, more of them hardly make a batch faster, and a
   * run that is stopped loses the group that it was at.
   */
  static final int MOST_PIECES = 32;

  private PieceGroups() {}

  /**
   * Consecutive pieces in groups.
   *
   * @param lengthTokens of a piece at most
   */
  static List<List<DocumentSpan>> of(List<DocumentSpan> pieces, int lengthTokens) {
    int size = Math.clamp(MOST_TOKENS / lengthTokens, 1, MOST_PIECES);
    List<List<DocumentSpan>> groups = new ArrayList<>();
    for (int from = 0; from < pieces.size(); from += size) {
      groups.add(pieces.subList(from, Math.min(pieces.size(), from + size)));
    }
    return groups;
  }
}
