package org.longpo.documents;

import java.util.ArrayList;
import java.util.List;

/** Cuts documents into pieces of at most N tokens, the long contexts of a round. */
public final class PieceCutter {
  private final TextCutter cutter;

  /**
   * @param maximumTokens N, tokens of a piece's text alone, without prompt and answer
   * @param minimumFill pieces of fewer than this share of N are skipped; 0 to 1
   */
  public PieceCutter(int maximumTokens, double minimumFill, TokenOffsets tokenOffsets) {
    this.cutter = new TextCutter(maximumTokens, minimumFill, tokenOffsets);
  }

  /** A stretch that became no piece. */
  public record Skipped(DocumentSpan span, SkipReason reason) {}

  /**
   * What became of a document; {@code pieces} and {@code skipped} together cover its text, each in
   * the order of the text.
   */
  public record Pieces(List<DocumentSpan> pieces, List<Skipped> skipped) {
    public Pieces {
      pieces = List.copyOf(pieces);
      skipped = List.copyOf(skipped);
    }
  }

  /** Cuts a whole document. */
  public Pieces cut(DocumentText document) {
    return cut(document, TextRange.all(document.text()));
  }

  /** Cuts a range of a document, such as the part that is not held out. */
  public Pieces cut(DocumentText document, TextRange range) {
    List<TextCutter.Stretch> stretches = cutter.cut(document.text(), range);
    List<DocumentSpan> pieces = new ArrayList<>();
    List<Skipped> skipped = new ArrayList<>();
    for (TextCutter.Stretch stretch : stretches) {
      DocumentSpan span =
          document.span(stretch.range().startChar(), stretch.range().endChar(), stretch.tokens());
      if (cutter.fills(stretch.tokens())) {
        pieces.add(span);
      } else {
        skipped.add(
            new Skipped(
                span,
                stretches.size() == 1 ? SkipReason.DOCUMENT_TOO_SHORT : SkipReason.REST_TOO_SHORT));
      }
    }
    return new Pieces(pieces, skipped);
  }
}
