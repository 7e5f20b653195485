package org.longpo.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.longpo.error.UserError;
import org.longpo.files.AtomicFile;

/**
 * Makes sure, before anything is written, that a command's output is not one of its inputs under
 * another name or link.
 *
 * @param option the option that names the output, for errors
 * @param path what is to be written, a file or a folder
 */
record OutputFile(String option, Path path) {
  /**
   * Makes sure that neither the file nor a name that it has while it grows is an input.
   *
   * @param input the file that is read
   * @param reader what reads it, such as {@code --requests}
   * @param suffixes of the names under which the output grows
   * @throws UserError if they are one file
   */
  void requireNot(Path input, String reader, List<String> suffixes) {
    if (isSame(path, input)) {
      throw new UserError(
          "%s %s is the file that %s reads; give %s another name."
              .formatted(option, path, reader, option));
    }
    for (String suffix : suffixes) {
      Path growing = path.resolveSibling(path.getFileName() + suffix);
      if (isSame(growing, input)) {
        throw new UserError(
            "%s %s is first written as %s, which %s reads; give %s another name."
                .formatted(option, path, growing, reader, option));
      }
    }
  }

  /** As {@link #requireNot(Path, String, List)}, for a file that is written at once. */
  void requireNot(Path input, String reader) {
    requireNot(input, reader, List.of(AtomicFile.TEMPORARY_SUFFIX));
  }

  /**
   * Makes sure that the output does not lie in a folder that is read, nor is that folder.
   *
   * @param input the folder
   * @param reader what reads it, such as {@code --model}
   * @throws UserError if it does
   */
  void requireOutside(Path input, String reader) {
    if (Files.isDirectory(input) && real(path).startsWith(real(input))) {
      throw new UserError(
          "%s %s lies in the folder that %s reads, %s; give %s a path outside of it."
              .formatted(option, path, reader, input, option));
    }
  }

  private static boolean isSame(Path one, Path other) {
    try {
      return Files.exists(one) && Files.exists(other)
          ? Files.isSameFile(one, other)
          : real(one).equals(real(other));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Without links, as far as the path exists. */
  private static Path real(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    Path existing = absolute;
    while (!Files.exists(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    try {
      return existing.toRealPath().resolve(existing.relativize(absolute));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
