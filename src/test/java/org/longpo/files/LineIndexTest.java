package org.longpo.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.error.UserError;

class LineIndexTest {
  @TempDir Path folder;

  private LineIndex index(String text) throws IOException {
    return LineIndex.of(Files.writeString(folder.resolve("lines.txt"), text));
  }

  private static List<String> lines(LineIndex index) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < index.size(); i++) {
      lines.add(new String(index.line(i), StandardCharsets.UTF_8));
    }
    return lines;
  }

  @Test
  void shouldReadLinesWithAndWithoutLastLineBreak() throws IOException {
    LineIndex cut = index("a\n\nüb");
    assertThat(lines(cut)).containsExactly("a", "", "üb");
    assertThat(cut.endsWithLineBreak()).isFalse();
    LineIndex whole = index("\uFEFFa\nb\uFEFF\n");
    assertThat(lines(whole)).containsExactly("a", "b\uFEFF");
    assertThat(whole.endsWithLineBreak()).isTrue();
    assertThat(index("").size()).isZero();
    assertThat(lines(index("\n"))).containsExactly("");
  }

  @Test
  void shouldFindManyLinesAcrossBuffers() throws IOException {
    List<String> written = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      written.add("x".repeat(i % 131));
    }
    assertThat(lines(index(String.join("\n", written) + "\n"))).isEqualTo(written);
  }

  @Test
  void shouldNoticeThatFileWasCutMeanwhile() throws IOException {
    LineIndex index = index("one\ntwo\n");
    Files.writeString(folder.resolve("lines.txt"), "one\n");
    assertThatThrownBy(() -> index.line(1))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("lines.txt:2: the file was cut while it was read");
  }

  @Test
  void shouldNameMissingFile() {
    Path missing = folder.resolve("none.txt");
    assertThatThrownBy(() -> LineIndex.of(missing))
        .isInstanceOf(UserError.class)
        .hasMessage("There is no file " + missing + ".");
  }
}
