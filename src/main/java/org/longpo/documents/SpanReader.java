package org.longpo.documents;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.longpo.error.UserError;
import org.longpo.files.FileNames;

/**
 * Reads spans back from their files and refuses a file that is not the one they were cut from.
 *
 * <p>Keeps the last document: the spans of one document are usually read one after the other. Safe
 * to share by threads.
 */
public final class SpanReader {
  private volatile @Nullable DocumentText last;

  /**
   * The text of a piece.
   *
   * @throws UserError if the file is gone, has other bytes than when the span was cut, or ends
   *     before the span
   */
  public String text(DocumentSpan span) {
    return range(span, span.startChar(), span.endChar());
  }

  /** The text of a chunk of a piece; errors as of {@link #text(DocumentSpan)}. */
  public String text(DocumentSpan piece, ChunkSpan chunk) {
    if (!chunk.isInside(piece)) {
      throw new IllegalArgumentException(chunk + " is not inside " + piece);
    }
    return range(piece, chunk.startChar(), chunk.endChar());
  }

  /** A document as it was when it was found; errors as of {@link #text(DocumentSpan)}. */
  public DocumentText document(DocumentFile file) {
    return document(file.path(), file.sha256());
  }

  /** The document of a piece; errors as of {@link #text(DocumentSpan)}. */
  public DocumentText documentOf(DocumentSpan piece) {
    return document(FileNames.path(piece.path()), piece.sha256());
  }

  private String range(DocumentSpan span, int startChar, int endChar) {
    String text = documentOf(span).text();
    if (span.endChar() > text.length()) {
      throw new UserError(
          "The span %d..%d is not inside the document %s, which has %d characters."
              .formatted(span.startChar(), span.endChar(), span.path(), text.length()));
    }
    return text.substring(startChar, endChar);
  }

  private DocumentText document(Path path, String sha256) {
    DocumentText kept = last;
    if (kept != null && kept.path().equals(path) && kept.sha256().equals(sha256)) {
      return kept;
    }
    if (!Files.isRegularFile(path)) {
      throw new UserError(
          "The document " + path + " is gone; put it back or generate the pairs again.");
    }
    DocumentText read = DocumentText.read(path);
    if (!read.sha256().equals(sha256)) {
      throw new UserError(
          "The document %s has changed (SHA-256 %s, expected %s); put it back or generate the pairs again."
              .formatted(path, read.sha256(), sha256));
    }
    last = read;
    return read;
  }
}
