package org.longpo.documents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.longpo.error.UserError;
import org.longpo.files.Sha256;

/**
 * The documents of the paths a user named.
 *
 * @param files in the order of the paths, the files of a folder by their relative path; every one
 *     was read and decoded once, so that bad input shows before any work starts
 * @param duplicates files left out because an earlier one has the same text
 */
public record DocumentSource(List<DocumentFile> files, List<Path> duplicates) {
  private static final List<String> EXTENSIONS = List.of(".txt", ".md");

  public DocumentSource {
    files = List.copyOf(files);
    duplicates = List.copyOf(duplicates);
  }

  /**
   * Finds documents: a file counts whatever its name, a folder stands for all *.txt and *.md below
   * it, hidden ones excepted. Links are followed.
   *
   * @throws UserError if a path does not exist, if a folder holds no document, or if a document is
   *     empty or not UTF-8
   */
  public static DocumentSource of(List<Path> paths) {
    Set<Path> found = new LinkedHashSet<>();
    for (Path path : paths) {
      Path absolute = path.toAbsolutePath().normalize();
      if (!Files.exists(absolute)) {
        throw new UserError("There is no file or folder " + path + " to read documents from.");
      }
      if (Files.isDirectory(absolute)) {
        found.addAll(filesBelow(absolute));
      } else {
        found.add(absolute);
      }
    }
    if (found.isEmpty()) {
      throw new UserError("No documents were named; give at least one file or folder.");
    }
    Map<String, DocumentFile> byText = new LinkedHashMap<>();
    List<Path> duplicates = new ArrayList<>();
    for (Path path : found) {
      DocumentText document = DocumentText.read(path);
      // By text: a byte order mark makes no other document, and would let one be trained on while
      // its twin is evaluated.
      String text = Sha256.of(document.text().getBytes(StandardCharsets.UTF_8));
      if (byText.putIfAbsent(text, DocumentFile.of(document)) != null) {
        duplicates.add(path);
      }
    }
    return new DocumentSource(List.copyOf(byText.values()), duplicates);
  }

  private static List<Path> filesBelow(Path folder) {
    try (Stream<Path> walk = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      List<Path> files =
          walk.filter(Files::isRegularFile)
              .filter(file -> !isHidden(folder.relativize(file)))
              .filter(DocumentSource::hasTextExtension)
              // By text, not by Path: the order must not depend on the platform.
              .sorted(Comparator.comparing(file -> sortKey(folder, file)))
              .toList();
      if (files.isEmpty()) {
        throw new UserError("The folder " + folder + " holds no *.txt or *.md file.");
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

  private static boolean hasTextExtension(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return EXTENSIONS.stream().anyMatch(name::endsWith);
  }
}
