package org.longpo.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.longpo.error.UserError;

/**
 * What git writes in place of a large file that was not fetched: a few lines of text under the
 * file's own name. Everything that reads a file a user gave checks for it first, because as JSON,
 * weights or text it would give a misleading error, or none.
 */
public final class GitLfsPointer {
  /** The format requires that a pointer is shorter. */
  private static final int MAXIMUM_BYTES = 1024;

  private static final String FIRST_LINE = "version https://git-lfs.github.com/spec/";
  private static final String HASH_LINE = "\noid ";

  private GitLfsPointer() {}

  /**
   * Makes sure that a file is not a pointer.
   *
   * @throws UserError if it is a pointer
   */
  public static void refuse(Path file) {
    try {
      if (Files.isRegularFile(file) && Files.size(file) < MAXIMUM_BYTES) {
        refuse(file, Files.readAllBytes(file));
      }
    } catch (IOException e) {
      throw new UserError(file + " cannot be read: " + e.getMessage() + ".", e);
    }
  }

  /** As {@link #refuse(Path)}, for a file whose bytes were read. */
  static void refuse(Path file, byte[] bytes) {
    if (bytes.length >= MAXIMUM_BYTES) {
      return;
    }
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    if (text.startsWith(FIRST_LINE) && text.contains(HASH_LINE)) {
      Path folder = file.getParent();
      throw new UserError(
          "%s is a git-lfs pointer, not the file itself: run `git lfs pull` in %s."
              .formatted(file, folder == null ? Path.of(".") : folder));
    }
  }
}
