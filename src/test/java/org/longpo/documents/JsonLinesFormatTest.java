package org.longpo.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.longpo.error.UserError;
import org.longpo.files.Sha256;

class JsonLinesFormatTest {
  @TempDir Path folder;

  private Path write(String lines) throws IOException {
    return Files.writeString(folder.resolve("corpus.jsonl"), lines);
  }

  @Test
  void shouldReadOneDocumentFromEveryLineWhateverElseItHolds() throws IOException {
    Path file =
        write(
            "\uFEFF{\"text\":\"Grüße \\ud83c\\udf32\\n\\nEnde\",\"meta\":{\"text\":[1]}}\r\n"
                + "{\"url\":null,\"text\":\" zwei \"}");
    List<DocumentText> documents = TestDocuments.readAll(file);
    assertThat(documents)
        .extracting(DocumentText::text)
        .containsExactly("Grüße 🌲\n\nEnde", " zwei ");
    DocumentIdentity second = documents.getLast().identity();
    assertThat(second.path()).isEqualTo(file.toString());
    assertThat(second.record()).hasValue(2);
    assertThat(second.place()).isEqualTo(file + ":2");
    assertThat(second.format()).isEqualTo("jsonl");
    assertThat(second.formatVersion()).isEqualTo(1);
    assertThat(second.sha256()).isEqualTo(Sha256.of(" zwei ".getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"title\":\"a\"}|:2: there is no field \"text\" with a string",
        "{\"text\":7}|:2: there is no field \"text\" with a string",
        "[\"text\"]|:2: no JSON object",
        "{\"text\":\"a\"|:2: ",
        "{\"text\":\"a\"} {\"text\":\"b\"}|:2: ",
        "{\"text\":\"a\",\"text\":\"b\"}|:2: the field \"text\" is there twice",
        "``|:2: the line is blank",
        "{\"title\":\"a\"}|If the file holds no documents, move it out of the folder",
        "{\"text\":\" \\n\"}|:2 is empty",
        "{\"text\":\"a\\ud83cb\"}|:2 has half a character (\\ud83c, an unpaired surrogate) at"
            + " character 1",
      })
  void shouldNameFileAndLineOfBadRecord(String line, String said) throws IOException {
    Path file = write("{\"text\":\"good\"}\n" + line + "\n{\"text\":\"good, too\"}\n");
    assertThatThrownBy(() -> DocumentSource.of(List.of(file)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(said.startsWith(":") ? file + said : said)
        .hasMessageNotContainingAny("org.longpo", "DeserializationFeature", "java.");
  }

  @Test
  void shouldIgnoreWhateverOtherFieldsHold() throws IOException {
    Path file =
        write(
            "{\"deep\":%s%s,\"n\":%s,\"twice\":1,\"twice\":2,\"text\":\"good\"}\n"
                .formatted("[".repeat(5_000), "]".repeat(5_000), "7".repeat(5_000)));
    assertThat(TestDocuments.readAll(file)).extracting(DocumentText::text).containsExactly("good");
  }

  @Test
  void shouldRefuseBytesThatAreNotUtf8() throws IOException {
    Path file = folder.resolve("corpus.jsonl");
    Files.write(file, "{\"text\":\"Grün\"}\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> DocumentSource.of(List.of(file)))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(file + ":1: ")
        .hasMessageContaining("UTF-8");
  }

  @Test
  void shouldRefuseFileWithoutRecords() throws IOException {
    Path file = write("");
    assertThatThrownBy(() -> DocumentSource.of(List.of(file)))
        .isInstanceOf(UserError.class)
        .hasMessage("The file " + file + " holds no document; remove it or fill it.");
  }
}
