package org.longpo.documents;

import java.nio.file.Path;
import java.util.List;
import org.longpo.files.Utf8File;

/** Text files of strict UTF-8, each one document. A byte order mark is not part of the text. */
final class TextFormat implements DocumentFormat.WholeFile {
  @Override
  public String name() {
    return "text";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public String description() {
    return "text (*.txt, *.md, and other files that are named)";
  }

  @Override
  public List<String> extensions() {
    return List.of(".txt", ".md");
  }

  @Override
  public String text(Path file) {
    return Utf8File.read(file).text();
  }
}
