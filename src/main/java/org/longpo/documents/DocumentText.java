package org.longpo.documents;

import java.nio.file.Path;
import org.longpo.error.UserError;
import org.longpo.files.FileNames;
import org.longpo.files.Utf8File;

/**
 * One document, decoded.
 *
 * @param path the file, absolute
 * @param sha256 hash of all its bytes, a byte order mark included
 * @param text the decoded text, without the byte order mark; line breaks as they are in the file
 */
public record DocumentText(Path path, String sha256, String text) {
  /**
   * Reads a file of strict UTF-8.
   *
   * @throws UserError if there is no such file, if it cannot be read or holds no text, if it is not
   *     UTF-8, naming the offset of the first wrong byte, or if its name is not text
   */
  public static DocumentText read(Path file) {
    Path path = FileNames.path(FileNames.text(file.toAbsolutePath().normalize()));
    Utf8File read = Utf8File.read(path);
    if (read.text().isBlank()) {
      throw new UserError("The document " + path + " is empty; remove it or give it text.");
    }
    return new DocumentText(path, read.sha256(), read.text());
  }

  /** The span of a range of this document. */
  public DocumentSpan span(int startChar, int endChar, int tokens) {
    String portable = path.toString().replace(path.getFileSystem().getSeparator(), "/");
    return new DocumentSpan(portable, sha256, startChar, endChar, tokens);
  }
}
