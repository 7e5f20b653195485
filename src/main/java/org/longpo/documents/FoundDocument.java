package org.longpo.documents;

/**
 * A document that was read once and found sound; its text is read again when it is needed, so that
 * a corpus may be larger than memory.
 *
 * @param chars length of its text in UTF-16 units
 */
public record FoundDocument(DocumentIdentity identity, int chars) {
  static FoundDocument of(DocumentText document) {
    return new FoundDocument(document.identity(), document.text().length());
  }
}
