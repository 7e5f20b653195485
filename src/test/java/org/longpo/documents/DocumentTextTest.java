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
  void shouldDecodeStrictlyAndHashTheBytes() throws IOException {
    byte[] bytes = "Grüße 🌲\r\n\r\nEnde".getBytes(StandardCharsets.UTF_8);
    DocumentText document = DocumentText.read(write(bytes));
    assertThat(document.text()).isEqualTo("Grüße 🌲\r\n\r\nEnde");
    assertThat(document.sha256()).isEqualTo(Sha256.of(bytes));
  }

  @Test
  void shouldLeaveByteOrderMarkOutOfTheTextButNotOutOfTheHash() throws IOException {
    byte[] bytes = "\uFEFFText".getBytes(StandardCharsets.UTF_8);
    DocumentText document = DocumentText.read(write(bytes));
    assertThat(document.text()).isEqualTo("Text");
    assertThat(document.sha256()).isEqualTo(Sha256.of(bytes));
  }

  @Test
  void shouldNameTheOffsetOfTheFirstWrongByte() throws IOException {
    Path file =
        write(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF, 'G', 'r', (byte) 0xFC, 'n'});
    assertThatThrownBy(() -> DocumentText.read(file))
        .isInstanceOf(UserError.class)
        .hasMessage(file + " is not UTF-8: byte 0xfc at byte offset 5; convert it to UTF-8.");
  }

  @Test
  void shouldRefuseTextCutInsideACharacter() throws IOException {
    Path file = write(new byte[] {'a', 'b', (byte) 0xE2, (byte) 0x82});
    assertThatThrownBy(() -> DocumentText.read(file))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("byte 0xe2 at byte offset 2");
  }

  @Test
  void shouldRefuseEmptyBlankAndMissingDocuments() throws IOException {
    Path file = write(new byte[0]);
    assertThatThrownBy(() -> DocumentText.read(file)).hasMessageContaining("is empty");
    Files.writeString(file, "\uFEFF \n\n\t ");
    assertThatThrownBy(() -> DocumentText.read(file))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("is empty");
    assertThatThrownBy(() -> DocumentText.read(folder.resolve("none.txt")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("There is no file");
    assertThatThrownBy(() -> DocumentText.read(folder))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("is a folder");
  }
}
