package org.longpo.documents;

import java.util.List;

/** Cuts a piece into chunks of at most C tokens, the short contexts. */
public final class ChunkCutter {
  private final TextCutter cutter;

  /**
   * @param maximumTokens C, tokens of a chunk's text alone
   * @param minimumFill chunks of fewer than this share of C are left out; 0 to 1
   */
  public ChunkCutter(int maximumTokens, double minimumFill, TokenOffsets tokenOffsets) {
    this.cutter = new TextCutter(maximumTokens, minimumFill, tokenOffsets);
  }

  /** The chunks of a piece in the order of the text; empty if all are too short. */
  public List<ChunkSpan> cut(DocumentText document, DocumentSpan piece) {
    if (!document.identity().equals(piece.document())) {
      throw new IllegalArgumentException(piece + " is no piece of " + document.identity());
    }
    return cutter.cut(document.text(), new TextRange(piece.startChar(), piece.endChar())).stream()
        .filter(stretch -> cutter.fills(stretch.tokens()))
        .map(
            stretch ->
                new ChunkSpan(
                    stretch.range().startChar(), stretch.range().endChar(), stretch.tokens()))
        .toList();
  }
}
