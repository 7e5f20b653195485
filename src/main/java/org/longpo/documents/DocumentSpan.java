package org.longpo.documents;

import java.nio.charset.StandardCharsets;
import org.longpo.files.Sha256;

/**
 * A piece of a document: where it stands, not what it says.
 *
 * @param path the file, absolute, with {@code /} between folders
 * @param sha256 hash of the whole file's bytes, lower-case hex
 * @param startChar first UTF-16 unit of the decoded text (a byte order mark is not text)
 * @param endChar one past the last UTF-16 unit
 * @param tokens length in tokens of the span's text alone, without special or template tokens
 */
public record DocumentSpan(String path, String sha256, int startChar, int endChar, int tokens) {
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
    if (!sha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("sha256 must be 64 lower-case hex digits, not " + sha256);
    }
  }

  /**
   * A name for the piece that depends on its content and place alone, not on where the file lies:
   * 16 hex digits of the hash of {@code sha256:startChar:endChar}.
   */
  public String id() {
    String place = sha256 + ":" + startChar + ":" + endChar;
    return Sha256.of(place.getBytes(StandardCharsets.UTF_8)).substring(0, ID_DIGITS);
  }
}
