package org.longpo.documents;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.longpo.error.UserError;
import org.longpo.files.FileNames;
import org.longpo.files.Sha256;

/**
 * One document with its text.
 *
 * @param text not blank; line breaks as they are in the document
 */
public record DocumentText(DocumentIdentity identity, String text) {
  /**
   * A text as it was read.
   *
   * @param file absolute
   * @param record number of the record from 1; empty: the file is one document
   * @throws UserError if the text is blank or not Unicode, or the file's name is not text
   */
  static DocumentText of(Path file, OptionalInt record, DocumentFormat format, String text) {
    String path = FileNames.text(file).replace(file.getFileSystem().getSeparator(), "/");
    DocumentIdentity identity =
        new DocumentIdentity(path, record, hash(text), format.name(), format.version());
    if (text.isBlank()) {
      throw new UserError(
          "The document " + identity.place() + " is empty; remove it or give it text.");
    }
    requireUnicode(identity, text);
    return new DocumentText(identity, text);
  }

  /** The span of a range of this document. */
  public DocumentSpan span(int startChar, int endChar, int tokens) {
    return new DocumentSpan(identity, startChar, endChar, tokens);
  }

  private static String hash(String text) {
    return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** JSON can hold unpaired surrogates, which UTF-8 and tokenizers cannot. */
  private static void requireUnicode(DocumentIdentity identity, String text) {
    int at = 0;
    while (at < text.length()) {
      int character = text.codePointAt(at);
      if (Character.getType(character) == Character.SURROGATE) {
        throw new UserError(
            "The document %s has half a character (\\u%04x, an unpaired surrogate) at character %d; write the whole character or remove it."
                .formatted(identity.place(), character, at));
      }
      at += Character.charCount(character);
    }
  }
}
