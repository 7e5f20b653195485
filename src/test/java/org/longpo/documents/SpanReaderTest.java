package org.longpo.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.error.UserError;

class SpanReaderTest {
  @TempDir Path folder;
  private Path file;
  private DocumentSpan span;

  @BeforeEach
  void writeDocument() throws IOException {
    file = Files.writeString(folder.resolve("document.txt"), "\uFEFFEins 🌲 zwei drei");
    span = DocumentText.read(file).span(5, 12, 2);
  }

  @Test
  void shouldReadSpanAndChunkInUtf16Units() {
    SpanReader reader = new SpanReader();
    assertThat(reader.text(span)).isEqualTo("🌲 zwei");
    assertThat(reader.text(span, new ChunkSpan(8, 12, 1))).isEqualTo("zwei");
  }

  @Test
  void shouldReadDocumentsInTurn() throws IOException {
    Path other = Files.writeString(folder.resolve("other.txt"), "anderes");
    SpanReader reader = new SpanReader();
    assertThat(reader.text(span)).isEqualTo("🌲 zwei");
    assertThat(reader.text(DocumentText.read(other).span(0, 3, 1))).isEqualTo("and");
    assertThat(reader.text(span)).isEqualTo("🌲 zwei");
  }

  @Test
  void shouldRefuseChangedDocument() throws IOException {
    Files.writeString(file, "\uFEFFEins 🌲 zwei Drei");
    assertThatThrownBy(() -> new SpanReader().text(span))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("The document " + file + " has changed")
        .hasMessageContaining(span.sha256());
  }

  @Test
  void shouldRefuseVanishedDocument() throws IOException {
    Files.delete(file);
    assertThatThrownBy(() -> new SpanReader().text(span))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("The document " + file + " is gone");
  }

  @Test
  void shouldRefuseSpanBehindTheEnd() {
    DocumentSpan beyond = new DocumentSpan(span.path(), span.sha256(), 5, 23, 3);
    assertThatThrownBy(() -> new SpanReader().text(beyond))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("5..23")
        .hasMessageContaining("has 17 characters");
  }
}
