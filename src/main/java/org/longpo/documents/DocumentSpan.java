package org.longpo.documents;

import java.nio.charset.StandardCharsets;
import org.longpo.files.Sha256;

/**
 * A piece of a document by its position; the text itself is not held.
 *
 * @param startChar first UTF-16 unit of the document's text
 * @param endChar one past the last UTF-16 unit
 * @param tokens length in tokens of the span's text alone, without special or template tokens
 */
public record DocumentSpan(DocumentIdentity document, int startChar, int endChar, int tokens) {
  private static final int ID_DIGITS = 16;

  public DocumentSpan {
    if (startChar < 0 || endChar <= startChar || tokens < 1) {
      throw new IllegalArgumentException(
          "a span needs 0 <= start_char < end_char and tokens >= 1, but has start_char "
              + startChar
              + ", end_char "
              + endChar
              + ", tokens "
              + tokens);
    }
  }

  /**
   * A name for the piece that depends on text and place in it alone, not on where the document
   * lies: 16 hex digits of the hash of {@code sha256:startChar:endChar}.
   */
  public String id() {
    String place = document.sha256() + ":" + startChar + ":" + endChar;
    return Sha256.of(place.getBytes(StandardCharsets.UTF_8)).substring(0, ID_DIGITS);
  }
}
