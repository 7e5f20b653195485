package org.longpo.pairs;

import java.util.List;
import org.longpo.documents.ChunkSpan;
import org.longpo.documents.DocumentSpan;
import org.longpo.documents.DocumentText;

/**
 * A piece with the chunks that are asked about.
 *
 * @param span the piece
 * @param text its text, the long context D
 * @param chunks those that were drawn, in the order of the document; seeds depend on their index
 * @param chunkTexts the text of each, the short contexts c_k
 * @param drops what of the piece was dropped so far
 */
record DrawnPiece(
    DocumentSpan span,
    String text,
    List<ChunkSpan> chunks,
    List<String> chunkTexts,
    PieceDrops drops) {
  static DrawnPiece of(DocumentText document, DocumentSpan span, List<ChunkSpan> chunks) {
    return new DrawnPiece(
        span,
        document.text().substring(span.startChar(), span.endChar()),
        chunks,
        chunks.stream()
            .map(chunk -> document.text().substring(chunk.startChar(), chunk.endChar()))
            .toList(),
        new PieceDrops(span));
  }

  String id() {
    return span.id();
  }
}
