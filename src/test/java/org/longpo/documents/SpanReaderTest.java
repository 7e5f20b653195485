package org.longpo.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
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
    span = TestDocuments.read(file).span(5, 12, 2);
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
    assertThat(reader.text(TestDocuments.read(other).span(0, 3, 1))).isEqualTo("and");
    assertThat(reader.text(span)).isEqualTo("🌲 zwei");
  }

  @Test
  void shouldRefuseChangedDocument() throws IOException {
    Files.writeString(file, "\uFEFFEins 🌲 zwei Drei");
    assertThatThrownBy(() -> new SpanReader().text(span))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("The document " + file + " has changed")
        .hasMessageContaining(span.document().sha256());
  }

  @Test
  void shouldRefuseMissingDocument() throws IOException {
    Files.delete(file);
    assertThatThrownBy(() -> new SpanReader().text(span))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("The document " + file + " is missing");
  }

  @Test
  void shouldRefuseSpanBehindTheEnd() {
    DocumentSpan beyond = new DocumentSpan(span.document(), 5, 23, 3);
    assertThatThrownBy(() -> new SpanReader().text(beyond))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("5..23")
        .hasMessageContaining("has 17 characters");
  }

  @Test
  void shouldReadRecordsInAnyOrderAndNoticeThatOneHasChanged() throws IOException {
    Path records = folder.resolve("records.jsonl");
    Files.writeString(records, "{\"text\":\"one\"}\n{\"text\":\"two\"}\n{\"text\":\"three\"}\n");
    List<DocumentText> documents = TestDocuments.readAll(records);
    SpanReader reader = new SpanReader();
    for (int record : List.of(2, 0, 1)) {
      DocumentText document = documents.get(record);
      assertThat(document.identity().record()).hasValue(record + 1);
      assertThat(reader.document(document.identity())).isEqualTo(document);
    }
    Files.writeString(records, "{\"text\":\"one\"}\n{\"text\":\"Two\"}\n");
    assertThat(new SpanReader().document(documents.get(0).identity())).isEqualTo(documents.get(0));
    assertThatThrownBy(() -> new SpanReader().document(documents.get(1).identity()))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("The document " + records + ":2 has changed");
    assertThatThrownBy(() -> new SpanReader().document(documents.get(2).identity()))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(
            "The document " + records + ":3 has changed (the file has 2 records");
  }

  @Test
  void shouldSayThatAFileHasChangedThatWasWrittenAgainWhileItIsRead() throws IOException {
    Path records = folder.resolve("records.jsonl");
    Files.writeString(records, "{\"text\":\"one\"}\n{\"text\":\"two\"}\n");
    List<DocumentText> documents = TestDocuments.readAll(records);
    SpanReader reader = new SpanReader();
    reader.document(documents.getFirst().identity());
    Files.writeString(records, "{\"text\":\"a longer one\"}\n{\"text\":\"two\"}\n");
    assertThatThrownBy(() -> reader.document(documents.getLast().identity()))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "The document "
                + records
                + ":2 has changed (the record cannot be read any more); put it back or generate the"
                + " pairs again.");
  }

  @Test
  void shouldRefuseUnknownFormatsOtherVersionsAndWrongRecords() {
    DocumentIdentity known = span.document();
    String path = known.path();
    String sha256 = known.sha256();
    OptionalInt none = OptionalInt.empty();
    assertRefused(
        new DocumentIdentity(path, none, sha256, "pdf", 1),
        "was read in the format 'pdf', which this version of longpo does not have");
    assertRefused(
        new DocumentIdentity(path, none, sha256, "text", 2), "was read by version 2", "version 1");
    assertRefused(
        new DocumentIdentity(path, OptionalInt.of(3), sha256, "text", 1),
        path + ":3 has a record number");
    assertRefused(
        new DocumentIdentity(path, none, sha256, "jsonl", 1), path + " has no record number");
  }

  private static void assertRefused(DocumentIdentity document, String... says) {
    assertThatThrownBy(() -> new SpanReader().document(document))
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll(says);
  }
}
