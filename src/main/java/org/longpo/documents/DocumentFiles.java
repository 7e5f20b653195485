package org.longpo.documents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.longpo.error.UserError;

/** Finds the files of the paths that a user named. */
final class DocumentFiles {
  private DocumentFiles() {}

  /**
   * Files as named, and those of the formats in folders; absolute, each once.
   *
   * @param leftOut files that are left out of folders, wherever links lead to them
   * @throws UserError if a path does not exist or a folder holds no such file
   */
  static Set<Path> find(List<Path> paths, List<Path> leftOut, DocumentFormats formats) {
    Set<Path> found = new LinkedHashSet<>();
    for (Path path : paths) {
      Path absolute = path.toAbsolutePath().normalize();
      if (!Files.exists(absolute)) {
        throw new UserError("There is no file or folder " + path + " to read documents from.");
      }
      if (Files.isDirectory(absolute)) {
        found.addAll(filesBelow(absolute, leftOut, formats));
      } else {
        found.add(absolute);
      }
    }
    if (found.isEmpty()) {
      throw new UserError("No documents were named; give at least one file or folder.");
    }
    return found;
  }

  private static List<Path> filesBelow(Path folder, List<Path> leftOut, DocumentFormats formats) {
    try (Stream<Path> walk = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      List<Path> files =
          walk.filter(Files::isRegularFile)
              .filter(file -> !isHidden(folder.relativize(file)))
              .filter(formats::hasExtensionOf)
              .filter(file -> leftOut.stream().noneMatch(other -> isSame(file, other)))
              // By text, not by Path: the order must not depend on the platform.
              .sorted(Comparator.comparing(file -> sortKey(folder, file)))
              .toList();
      if (files.isEmpty()) {
        throw new UserError(
            "The folder " + folder + " holds no document (" + formats.patterns() + ").");
      }
      return files;
    } catch (IOException | UncheckedIOException e) {
      throw unreadable(folder, e);
    }
  }

  private static UserError unreadable(Path folder, Exception e) {
    return new UserError(
        e.getCause() instanceof FileSystemLoopException loop
            ? "The folder " + folder + " holds a link back into itself: " + loop.getFile() + "."
            : "The folder " + folder + " cannot be read: " + e.getMessage() + ".",
        e);
  }

  private static boolean isSame(Path file, Path other) {
    try {
      return Files.exists(other) && Files.isSameFile(file, other);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sortKey(Path folder, Path file) {
    return folder.relativize(file).toString().replace('\\', '/');
  }

  private static boolean isHidden(Path relative) {
    for (Path part : relative) {
      if (part.toString().startsWith(".")) {
        return true;
      }
    }
    return false;
  }
}
