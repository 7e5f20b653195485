package org.longpo.evaluation.tasks.choice;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.longpo.error.UserError;
import org.longpo.files.Sha256;

/**
 * The rows of one split: of a file, or of all files of a folder.
 *
 * @param path the file or folder
 * @param sha256 of all files, with their names where there are several
 * @param bySubject rows in the order of the file, the files by their names; one subject without a
 *     name where the benchmark has none
 */
record ChoiceSplit(Path path, String sha256, SequencedMap<String, List<ChoiceRow>> bySubject) {
  private static final String NO_SUBJECT = "";

  /**
   * Reads a file or a folder.
   *
   * @throws UserError that names file and line of what is wrong
   */
  static ChoiceSplit read(ChoiceLayout layout, Path path) {
    List<ChoiceFile> files =
        Files.isDirectory(path)
            ? list(path).stream()
                .map(
                    file ->
                        ChoiceFile.read(file, layout.columns(), Optional.of(subject(file, path))))
                .toList()
            : List.of(ChoiceFile.read(path, layout.columns(), Optional.empty()));
    SequencedMap<String, List<ChoiceRow>> bySubject = new LinkedHashMap<>();
    for (ChoiceFile file : files) {
      for (ChoiceRow row : file.rows()) {
        String subject = layout.hasSubjects() ? row.subject() : NO_SUBJECT;
        bySubject.computeIfAbsent(subject, added -> new ArrayList<>()).add(row);
      }
    }
    return new ChoiceSplit(path, sha256(files), bySubject);
  }

  private static List<Path> list(Path folder) {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(ChoiceFile::isReadable).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (files.isEmpty()) {
      throw new UserError("The folder " + folder + " has no file of JSON Lines (.jsonl) or CSV.");
    }
    return files;
  }

  /** {@code anatomy_test.csv} in the folder {@code test} is about anatomy. */
  private static String subject(Path file, Path folder) {
    String name = file.getFileName().toString();
    String stem = name.substring(0, name.lastIndexOf('.'));
    String split = "_" + folder.getFileName();
    return stem.endsWith(split) ? stem.substring(0, stem.length() - split.length()) : stem;
  }

  private static String sha256(List<ChoiceFile> files) {
    if (files.size() == 1) {
      return files.getFirst().sha256();
    }
    String all =
        files.stream()
            .map(file -> file.path().getFileName() + " " + file.sha256())
            .collect(Collectors.joining("\n"));
    return Sha256.of(all.getBytes(StandardCharsets.UTF_8));
  }
}
