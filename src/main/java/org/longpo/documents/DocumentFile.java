package org.longpo.documents;

import java.nio.file.Path;

/**
 * A document that was read once and found sound; its text is read again when it is needed, so that
 * a corpus may be larger than memory.
 *
 * @param path the file, absolute
 * @param sha256 hash of its bytes
 * @param chars length of its decoded text in UTF-16 units
 */
public record DocumentFile(Path path, String sha256, int chars) {
  static DocumentFile of(DocumentText document) {
    return new DocumentFile(document.path(), document.sha256(), document.text().length());
  }
}
