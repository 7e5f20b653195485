package org.longpo.documents;

import java.nio.file.Path;
import java.util.OptionalInt;
import org.longpo.files.FileNames;

/**
 * What identifies a document: where it is and which text it has. It is enough to read the text
 * again and to detect that it has changed. No two documents of a corpus have the same hash.
 *
 * @param path the file, absolute, with {@code /} between folders
 * @param record number of the record in its file, from 1; empty: the whole file is one document
 * @param sha256 hash of the text in UTF-8, lower-case hex
 * @param format name of the {@link DocumentFormat} that read the text
 * @param formatVersion version of that format, from 1
 */
public record DocumentIdentity(
    String path, OptionalInt record, String sha256, String format, int formatVersion) {
  public DocumentIdentity {
    if (record.isPresent() && record.getAsInt() < 1) {
      throw new IllegalArgumentException("record must be 1 or more, not " + record.getAsInt());
    }
    if (!sha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("sha256 must be 64 lower-case hex digits, not " + sha256);
    }
    if (format.isBlank() || formatVersion < 1) {
      throw new IllegalArgumentException(
          "a document needs a format of version 1 or more, not '%s' of version %d"
              .formatted(format, formatVersion));
    }
  }

  /**
   * The file.
   *
   * @throws org.longpo.error.UserError if this system cannot have such a file name
   */
  public Path file() {
    return FileNames.path(path);
  }

  /** For people: the file, and the record's number where it has more than one. */
  public String place() {
    return record.isPresent() ? path + ":" + record.getAsInt() : path;
  }
}
