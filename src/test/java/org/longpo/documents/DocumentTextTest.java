package org.longpo.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.error.UserError;
import org.longpo.files.Sha256;

class DocumentTextTest {
  @TempDir Path folder;

  private Path write(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("document.txt"), bytes);
  }

  @Test
  void shouldDecodeStrictlyAndHashTheText() throws IOException {
    byte[] bytes = "Grüße 🌲\r\n\r\nEnde".getBytes(StandardCharsets.UTF_8);
    DocumentText document = TestDocuments.read(write(bytes));
    assertThat(document.text()).isEqualTo("Grüße 🌲\r\n\r\nEnde");
    assertThat(document.identity().sha256()).isEqualTo(Sha256.of(bytes));
  }

  @Test
  void shouldLeaveByteOrderMarkOutOfTextAndHash() throws IOException {
    DocumentText document =
        TestDocuments.read(write("\uFEFFText".getBytes(StandardCharsets.UTF_8)));
    assertThat(document.text()).isEqualTo("Text");
    assertThat(document.identity().sha256())
        .isEqualTo(Sha256.of("Text".getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void shouldNameTheOffsetOfTheFirstWrongByte() throws IOException {
    Path file =
        write(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF, 'G', 'r', (byte) 0xFC, 'n'});
    assertThatThrownBy(() -> TestDocuments.read(file))
        .isInstanceOf(UserError.class)
        .hasMessage(file + " is not UTF-8: byte 0xfc at byte offset 5; convert it to UTF-8.");
  }

  @Test
  void shouldRefuseTextCutInsideACharacter() throws IOException {
    Path file = write(new byte[] {'a', 'b', (byte) 0xE2, (byte) 0x82});
    assertThatThrownBy(() -> TestDocuments.read(file))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("byte 0xe2 at byte offset 2");
  }

  @Test
  void shouldRefuseEmptyBlankAndMissingDocuments() throws IOException {
    Path file = write(new byte[0]);
    assertThatThrownBy(() -> TestDocuments.read(file)).hasMessageContaining("is empty");
    Files.writeString(file, "\uFEFF \n\n\t ");
    assertThatThrownBy(() -> TestDocuments.read(file))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("is empty");
    assertThatThrownBy(() -> new TextFormat().text(folder.resolve("none.txt")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("There is no file");
    assertThatThrownBy(() -> new TextFormat().text(folder))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("is a folder");
  }
}
