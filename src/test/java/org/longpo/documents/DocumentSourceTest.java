package org.longpo.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.error.UserError;
import org.longpo.files.Sha256;

class DocumentSourceTest {
  @TempDir Path folder;

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private List<String> names(DocumentSource source) {
    return source.documents().stream()
        .map(found -> folder.relativize(found.identity().file()).toString())
        .toList();
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
    assertThat(source.documents().getFirst().chars()).isEqualTo(1);
  }

  @Test
  void shouldLeaveFilesThatAreNoDocumentsOutOfFolders() throws IOException {
    write("in/a.txt", "a");
    Path questions = write("in/questions.jsonl", "{\"question\": \"Who?\"}\n");
    Path relative = Path.of("").toAbsolutePath().relativize(questions);
    DocumentSource source = DocumentSource.of(List.of(folder.resolve("in")), List.of(relative));
    assertThat(names(source)).containsExactly("in/a.txt");
    assertThatThrownBy(() -> DocumentSource.of(List.of(questions), List.of(questions)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("no field");
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
  void shouldLeaveOutDocumentsOfEqualText() throws IOException {
    write("in/a.txt", "same");
    Path copy = write("in/b.txt", "same");
    DocumentSource source = DocumentSource.of(List.of(folder.resolve("in")));
    assertThat(names(source)).containsExactly("in/a.txt");
    assertThat(source.duplicates()).extracting(DocumentIdentity::file).containsExactly(copy);
  }

  /** Otherwise one could be trained on and its twin held out. */
  @Test
  void shouldLeaveOutTwinWithByteOrderMark() throws IOException {
    write("in/a.txt", "same");
    Path twin = write("in/b.txt", "\uFEFFsame");
    DocumentSource source = DocumentSource.of(List.of(folder.resolve("in")));
    assertThat(names(source)).containsExactly("in/a.txt");
    assertThat(source.duplicates()).extracting(DocumentIdentity::file).containsExactly(twin);
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
        .hasMessage(
            "The folder " + empty + " holds no document (" + DocumentFormats.ALL.patterns() + ").");
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

  @Test
  void shouldNameExtensionsOfAllFormatsInTheHelp() {
    assertThat(DocumentFormats.ALL.help()).contains(DocumentFormats.ALL.patterns().split(", "));
  }

  @Test
  void shouldKnowDuplicatesAcrossFormatsByTheirText() throws IOException {
    write("in/a.txt", "same");
    Path records = write("in/b.jsonl", "{\"text\":\"other\"}\n{\"text\":\"same\"}\n");
    DocumentSource source = DocumentSource.of(List.of(folder.resolve("in")));
    assertThat(names(source)).containsExactly("in/a.txt", "in/b.jsonl");
    assertThat(source.duplicates())
        .extracting(DocumentIdentity::place)
        .containsExactly(records + ":2");
  }

  @Test
  void shouldHaveOneHashForEachFileThatChangesWithAnyOfItsDocuments() throws IOException {
    Path text = write("in/a.txt", "same");
    Path records = write("in/b.jsonl", "{\"text\":\"one\"}\n{\"text\":\"two\"}\n");
    DocumentSource source = DocumentSource.of(List.of(folder.resolve("in")));
    Map<String, String> before = source.hashesByFile();
    assertThat(before).containsOnlyKeys(text.toString(), records.toString());
    assertThat(before).containsEntry(text.toString(), Sha256.of(text));
    assertThat(source.formatVersions()).isEqualTo(Map.of("jsonl", 1, "text", 1));
    // What is no text of a document does not count.
    write("in/b.jsonl", "{\"id\":7,\"text\":\"one\"}\n{\"text\":\"two\"}\n");
    assertThat(DocumentSource.of(List.of(folder.resolve("in"))).hashesByFile()).isEqualTo(before);
    write("in/b.jsonl", "{\"text\":\"one\"}\n{\"text\":\"Two\"}\n");
    assertThat(DocumentSource.of(List.of(folder.resolve("in"))).hashesByFile())
        .containsOnlyKeys(text.toString(), records.toString())
        .isNotEqualTo(before);
  }

  /** Computed by version 0.1.0, whose hashes were of the files' bytes: seed 42 means the same. */
  @Test
  void shouldKeepIdsAndHoldOutOfPlainTextFiles() throws IOException {
    for (int i = 0; i < 8; i++) {
      write("in/document-" + i + ".txt", ("Grüße " + i + " 🌲.\r\n").repeat(40 + 5 * i));
    }
    DocumentSource source = DocumentSource.of(List.of(folder.resolve("in")));
    HoldOut holdOut = HoldOut.of(source.documents(), 0.3, 42);
    SpanReader reader = new SpanReader();
    List<String> ids = new ArrayList<>();
    List<Integer> heldOut = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      DocumentText document = reader.document(source.documents().get(i).identity());
      ids.add(document.span(0, 100, 50).id());
      if (holdOut.training(document).isEmpty()) {
        heldOut.add(i);
      }
    }
    assertThat(ids)
        .containsExactly(
            "726b78e20d592ff3",
            "9ef957c801192783",
            "e65833d758170c21",
            "ff12ca7fce9b61e6",
            "cce4e56706892007",
            "f733ddafc9df0d88",
            "03281d66b4799d1d",
            "667eaa6b0bee817d");
    assertThat(heldOut).containsExactly(0, 1, 2);
  }
}
