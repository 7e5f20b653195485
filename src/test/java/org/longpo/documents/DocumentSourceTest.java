package org.longpo.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.error.UserError;

class DocumentSourceTest {
  @TempDir Path folder;

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private List<String> names(DocumentSource source) {
    return source.files().stream().map(file -> folder.relativize(file.path()).toString()).toList();
  }

  @Test
  void shouldFindTextFilesRecursivelyInTheOrderOfTheirNames() throws IOException {
    write("in/b.txt", "b");
    write("in/a/z.md", "z");
    write("in/a.TXT", "a");
    write("in/c.pdf", "no text");
    write("in/.git/notes.txt", "hidden");
    DocumentSource source = DocumentSource.of(List.of(folder.resolve("in")));
    assertThat(names(source)).containsExactly("in/a.TXT", "in/a/z.md", "in/b.txt");
    assertThat(source.files().getFirst().chars()).isEqualTo(1);
  }

  @Test
  void shouldKeepTheOrderOfPathsAndReadNoFileTwice() throws IOException {
    Path second = write("in/b.txt", "b");
    write("in/a.txt", "a");
    Path other = write("list.csv", "named by the user, so it counts");
    DocumentSource source = DocumentSource.of(List.of(other, second, folder.resolve("in")));
    assertThat(names(source)).containsExactly("list.csv", "in/b.txt", "in/a.txt");
    assertThat(source.duplicates()).isEmpty();
  }

  @Test
  void shouldLeaveOutFilesOfEqualBytes() throws IOException {
    write("in/a.txt", "same");
    Path copy = write("in/b.txt", "same");
    DocumentSource source = DocumentSource.of(List.of(folder.resolve("in")));
    assertThat(names(source)).containsExactly("in/a.txt");
    assertThat(source.duplicates()).containsExactly(copy);
  }

  /** Otherwise one could be trained on and its twin held out. */
  @Test
  void shouldLeaveOutTwinWithByteOrderMark() throws IOException {
    write("in/a.txt", "same");
    Path twin = write("in/b.txt", "\uFEFFsame");
    DocumentSource source = DocumentSource.of(List.of(folder.resolve("in")));
    assertThat(names(source)).containsExactly("in/a.txt");
    assertThat(source.duplicates()).containsExactly(twin);
  }

  @Test
  void shouldRefuseWhatHoldsNoDocument() throws IOException {
    Path missing = folder.resolve("missing");
    assertThatThrownBy(() -> DocumentSource.of(List.of(missing)))
        .isInstanceOf(UserError.class)
        .hasMessage("There is no file or folder " + missing + " to read documents from.");
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertThatThrownBy(() -> DocumentSource.of(List.of(empty)))
        .isInstanceOf(UserError.class)
        .hasMessage("The folder " + empty + " holds no *.txt or *.md file.");
    assertThatThrownBy(() -> DocumentSource.of(List.of()))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("No documents were named");
    write("in/a.txt", "good");
    Path blank = write("in/b.txt", " \n");
    assertThatThrownBy(() -> DocumentSource.of(List.of(folder.resolve("in"))))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(blank.toString());
  }

  @Test
  void shouldRefuseLinkBackIntoTheFolder() throws IOException {
    write("in/a.txt", "text");
    Files.createSymbolicLink(folder.resolve("in/loop"), folder.resolve("in"));
    assertThatThrownBy(() -> DocumentSource.of(List.of(folder.resolve("in"))))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("holds a link back into itself");
  }
}
