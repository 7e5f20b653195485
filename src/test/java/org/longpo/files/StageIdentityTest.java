package org.longpo.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.error.UserError;

class StageIdentityTest {
  private static final StageIdentity BEGUN =
      StageIdentity.of("generate")
          .withContent("model weights or config.json", "1".repeat(64))
          .withFiles("documents", files("/books/a.txt", "1", "/books/b.txt", "2"))
          .withSetting("generate", Map.of("seed", 42, "answers", Map.of("top_p", 1.0)));

  @TempDir Path folder;

  @Test
  void shouldNotDifferFromItselfAfterReading() {
    StageIdentity read = Json.parse(Json.line(BEGUN), StageIdentity.class, "here");
    assertThat(read.differencesTo(BEGUN)).isEmpty();
    assertThat(read.sha256()).isEqualTo(BEGUN.sha256());
  }

  @Test
  void shouldNameEveryDifference() {
    StageIdentity now =
        StageIdentity.of("generate")
            .withContent("model weights or config.json", "2".repeat(64))
            .withContent("instructions", "3".repeat(64))
            .withFiles(
                "documents", files("/books/b.txt", "9", "/books/c.txt", "3", "/books/d.txt", "4"))
            .withSetting("generate", Map.of("seed", 42, "answers", Map.of("top_p", 0.9)));
    assertThat(BEGUN.differencesTo(now))
        .containsExactly(
            "other instructions (SHA-256 none, now 33333333)",
            "other model weights or config.json (SHA-256 11111111, now 22222222)",
            "documents: 2 added (c.txt, d.txt), 1 removed (a.txt), 1 changed (b.txt)",
            "generate.answers.top_p 1.0 (now 0.9)");
  }

  @Test
  void shouldReportAnotherOrderOfFiles() {
    StageIdentity now =
        BEGUN.withFiles("documents", files("/books/b.txt", "2", "/books/a.txt", "1"));
    assertThat(BEGUN.differencesTo(now)).containsExactly("documents: in another order");
    assertThat(now.sha256()).isNotEqualTo(BEGUN.sha256());
  }

  @Test
  void shouldReportFilesThatOnlyMoved() {
    assertThat(
            BEGUN.differencesTo(
                BEGUN.withFiles("documents", files("/shelf/a.txt", "1", "/books/c.txt", "2"))))
        .containsExactly(
            "documents: 2 moved (a.txt from /books to /shelf, /books/b.txt to /books/c.txt)");
    // Of two copies each goes to one place.
    StageIdentity copies =
        StageIdentity.of("generate").withFiles("documents", files("/x/a", "1", "/x/b", "1"));
    assertThat(copies.differencesTo(copies.withFiles("documents", files("/a", "1", "/b\0", "9"))))
        .containsExactly("documents: 1 added (b\0), 1 removed (b), 1 moved (a from /x to /)");
  }

  @Test
  void shouldClaimFolderOnceAndRefuseAnotherWithoutTouchingIt() throws IOException {
    BEGUN.claim(folder);
    BEGUN.claim(folder);
    String bytes = Files.readString(folder.resolve(StageIdentity.FILE));
    StageIdentity other = BEGUN.withSetting("dtype", "bfloat16");
    assertThatThrownBy(() -> other.claim(folder))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(StageIdentity.FILE)
        .hasMessageContaining("dtype not set (now bfloat16)");
    assertThat(folder.resolve(StageIdentity.FILE)).hasContent(bytes);
  }

  @Test
  void shouldRefuseResultsOfUnknownOrigin() {
    assertThatThrownBy(() -> BEGUN.verify(folder))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("does not state what its results were made from");
  }

  private static Map<String, String> files(String... namesAndHashes) {
    Map<String, String> files = new LinkedHashMap<>();
    for (int i = 0; i < namesAndHashes.length; i += 2) {
      files.put(namesAndHashes[i], namesAndHashes[i + 1]);
    }
    return files;
  }
}
