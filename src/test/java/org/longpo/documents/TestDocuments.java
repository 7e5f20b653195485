package org.longpo.documents;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/** Documents for tests of everything that reads them. */
public final class TestDocuments {
  private TestDocuments() {}

  /** A text that stands in no file. */
  public static DocumentText of(String text) {
    return DocumentText.of(Path.of("/d.txt"), OptionalInt.empty(), new TextFormat(), text);
  }

  /** The documents of a file. */
  public static List<DocumentText> readAll(Path file) {
    SpanReader reader = new SpanReader();
    return DocumentSource.of(List.of(file)).documents().stream()
        .map(found -> reader.document(found.identity()))
        .toList();
  }

  /** A file that is one document. */
  public static DocumentText read(Path file) {
    return readAll(file).getFirst();
  }

  /** A text document by its hash alone. */
  public static DocumentIdentity identity(String path, String sha256) {
    return new DocumentIdentity(path, OptionalInt.empty(), sha256, "text", 1);
  }
}
