package org.longpo.documents;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.longpo.error.UserError;
import org.longpo.files.Sha256;

/**
 * The documents of the paths that a user named.
 *
 * @param documents in the order of the paths, the files of a folder by their relative path, the
 *     records of a file by their number; every one was read once, so that bad input shows before
 *     any work starts. No two have the same text
 * @param duplicates documents left out because an earlier one has the same text
 */
public record DocumentSource(List<FoundDocument> documents, List<DocumentIdentity> duplicates) {
  public DocumentSource {
    documents = List.copyOf(documents);
    duplicates = List.copyOf(duplicates);
  }

  /** As {@link #of(List, List, DocumentFormats)}, in all formats that there are. */
  public static DocumentSource of(List<Path> paths) {
    return of(paths, List.of());
  }

  /** As {@link #of(List, List, DocumentFormats)}, in all formats that there are. */
  public static DocumentSource of(List<Path> paths, List<Path> leftOut) {
    return of(paths, leftOut, DocumentFormats.ALL);
  }

  /**
   * Finds documents: a file is read whatever its name; of a folder, all files below it are read
   * whose extension is that of a format, hidden ones excepted. Links are followed.
   *
   * @param leftOut files that are no documents, although they may lie in one of the folders
   * @throws UserError if a path does not exist, if a folder or file holds no document, or if a
   *     document is empty or cannot be read
   */
  public static DocumentSource of(List<Path> paths, List<Path> leftOut, DocumentFormats formats) {
    Map<String, FoundDocument> byText = new LinkedHashMap<>();
    List<DocumentIdentity> duplicates = new ArrayList<>();
    for (Path file : DocumentFiles.find(paths, leftOut, formats)) {
      read(
          file,
          formats.of(file),
          document -> {
            if (byText.putIfAbsent(document.identity().sha256(), FoundDocument.of(document))
                != null) {
              duplicates.add(document.identity());
            }
          });
    }
    return new DocumentSource(List.copyOf(byText.values()), duplicates);
  }

  private static void read(Path file, DocumentFormat format, Consumer<DocumentText> documents) {
    switch (format) {
      case DocumentFormat.WholeFile whole ->
          documents.accept(DocumentText.of(file, OptionalInt.empty(), format, whole.text(file)));
      case DocumentFormat.Records records -> {
        DocumentFormat.RecordFile open = records.open(file);
        if (open.count() == 0) {
          throw new UserError("The file " + file + " holds no document; remove it or fill it.");
        }
        for (int record = 1; record <= open.count(); record++) {
          documents.accept(
              DocumentText.of(file, OptionalInt.of(record), format, open.text(record)));
        }
      }
    }
  }

  /**
   * A hash for each file, by its path: of its text, or of the numbers and texts of its records. Two
   * sources with the same hashes have the same documents.
   */
  public Map<String, String> hashesByFile() {
    Map<String, MessageDigest> records = new LinkedHashMap<>();
    Map<String, String> hashes = new LinkedHashMap<>();
    for (FoundDocument document : documents) {
      DocumentIdentity identity = document.identity();
      hashes.put(identity.path(), identity.sha256());
      if (identity.record().isPresent()) {
        String line = identity.record().getAsInt() + " " + identity.sha256() + "\n";
        records
            .computeIfAbsent(identity.path(), path -> Sha256.digest())
            .update(line.getBytes(StandardCharsets.UTF_8));
      }
    }
    records.forEach((path, digest) -> hashes.put(path, Sha256.of(digest)));
    return hashes;
  }

  /** Version of each format that a document was read in, by the format's name. */
  public Map<String, Integer> formatVersions() {
    Map<String, Integer> versions = new TreeMap<>();
    documents.forEach(
        document ->
            versions.put(document.identity().format(), document.identity().formatVersion()));
    return versions;
  }
}
