package org.longpo.files;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.longpo.error.UserError;

/**
 * Converts file names to text and back, without loss.
 *
 * <p>A name is bytes to the system and text to Java, which decodes it with the encoding of the
 * locale that the process was started in: other bytes become a replacement character, and the name
 * no longer finds the file. A name that is stored must find its file again.
 */
public final class FileNames {
  /** The character with which a decoder replaces invalid bytes. */
  public static final char REPLACEMENT = '\uFFFD';

  private FileNames() {}

  /**
   * The path that a text names.
   *
   * @throws UserError if the system cannot have such a name
   */
  public static Path path(String text) {
    if (text.indexOf(REPLACEMENT) < 0) {
      try {
        return Path.of(text);
      } catch (InvalidPathException e) {
        throw impossible(text, e);
      }
    }
    throw impossible(text, null);
  }

  /**
   * A path as text that leads back to it.
   *
   * @throws UserError if there is none: the name is not in the encoding of this process
   */
  public static String text(Path path) {
    String text = path.toString();
    if (!path(text).equals(path)) {
      throw impossible(text, null);
    }
    return text;
  }

  private static UserError impossible(String text, @Nullable Throwable cause) {
    String sentence =
        "The file name %s is not text in the encoding of this process, %s, so it cannot be kept or found again: rename the file in UTF-8, and start the program by ./longpo or with LC_ALL=C.UTF-8."
            .formatted(text, System.getProperty("sun.jnu.encoding"));
    return cause == null ? new UserError(sentence) : new UserError(sentence, cause);
  }
}
