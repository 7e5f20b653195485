package org.longpo.documents;

/**
 * A chunk of a piece, the short context of one pair.
 *
 * @param startChar first UTF-16 unit of the <em>document's</em> decoded text (not of the piece)
 * @param endChar one past the last UTF-16 unit
 * @param tokens length in tokens of the chunk's text alone, without special or template tokens
 */
public record ChunkSpan(int startChar, int endChar, int tokens) {
  public ChunkSpan {
    if (startChar < 0 || endChar <= startChar || tokens < 1) {
      throw new IllegalArgumentException(
          "a chunk needs 0 <= start_char < end_char and tokens >= 1, but has start_char "
              + startChar
              + ", end_char "
              + endChar
              + ", tokens "
              + tokens);
    }
  }

  /** Whether the chunk lies inside a piece. */
  public boolean isInside(DocumentSpan piece) {
    return startChar >= piece.startChar() && endChar <= piece.endChar();
  }
}
