package org.longpo.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.files.Utf8File;

/** A format is a class and a line of the registry: these two need nothing else. */
class NewFormatTest {
  @TempDir Path folder;

  /** Text that is extracted: that between the tags of a page. */
  private static final class PageFormat implements DocumentFormat.WholeFile {
    @Override
    public String name() {
      return "page";
    }

    @Override
    public int version() {
      return 3;
    }

    @Override
    public String description() {
      return name();
    }

    @Override
    public List<String> extensions() {
      return List.of(".html", ".htm");
    }

    @Override
    public String text(Path file) {
      return Utf8File.read(file).text().replaceAll("<[^>]*>", "").strip();
    }
  }

  /** Many documents in a file: its paragraphs. */
  private static final class ParagraphFormat implements DocumentFormat.Records {
    @Override
    public String name() {
      return "paragraphs";
    }

    @Override
    public int version() {
      return 1;
    }

    @Override
    public String description() {
      return name();
    }

    @Override
    public List<String> extensions() {
      return List.of(".par");
    }

    @Override
    public RecordFile open(Path file) {
      return new RecordFile() {
        @Override
        public int count() {
          return paragraphs().length;
        }

        @Override
        public String text(int record) {
          return paragraphs()[record - 1];
        }

        private String[] paragraphs() {
          return Utf8File.read(file).text().split("\n\n");
        }
      };
    }
  }

  @Test
  void shouldFindAndReadDocumentsOfNewFormats() throws IOException {
    List<DocumentFormat> all = new ArrayList<>(DocumentFormats.ALL.formats());
    all.add(new PageFormat());
    all.add(new ParagraphFormat());
    DocumentFormats formats = new DocumentFormats(all);
    Files.writeString(folder.resolve("a.HTML"), "<p>Extracted <b>text</b></p>\n");
    Files.writeString(folder.resolve("b.par"), "First.\n\nSecond.");
    Files.writeString(folder.resolve("c.txt"), "Plain.");

    DocumentSource source = DocumentSource.of(List.of(folder), List.of(), formats);
    assertThat(source.documents())
        .extracting(
            found -> found.identity().format(),
            found -> found.identity().formatVersion(),
            found -> found.identity().place().substring(folder.toString().length()))
        .containsExactly(
            tuple("page", 3, "/a.HTML"),
            tuple("paragraphs", 1, "/b.par:1"),
            tuple("paragraphs", 1, "/b.par:2"),
            tuple("text", 1, "/c.txt"));
    SpanReader reader = new SpanReader(formats);
    assertThat(source.documents())
        .extracting(found -> reader.document(found.identity()).text())
        .containsExactly("Extracted text", "First.", "Second.", "Plain.");
  }
}
