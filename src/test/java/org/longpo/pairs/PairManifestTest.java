package org.longpo.pairs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.documents.SkipReason;
import org.longpo.error.UserError;
import org.longpo.files.Json;
import org.longpo.files.Sha256;
import org.longpo.text.ChatSettings;

class PairManifestTest {
  @TempDir Path folder;

  private static PairManifest manifest(String pairFileSha256) {
    return new PairManifest(
        GenerateSettings.forLength(1024),
        new PairManifest.Writer("f".repeat(64), "e".repeat(64), ChatSettings.DEFAULTS),
        new PairManifest.Scorer("a".repeat(64)),
        new PairManifest.Counts(
            2,
            9,
            Map.of(SkipReason.REST_TOO_SHORT, 1, SkipReason.DOCUMENT_TOO_SHORT, 2),
            3,
            11,
            DropCounts.none().plus(DropReason.REFUSAL).plus(DropReason.REFUSAL),
            4),
        pairFileSha256);
  }

  @Test
  void shouldReadBackEqual() {
    Path file = folder.resolve("pairs.manifest.json");
    PairManifest written = manifest("d".repeat(64));
    written.write(file);
    assertThat(PairManifest.read(file)).isEqualTo(written);
    assertThat(file)
        .content()
        .contains("\"max_new_tokens\" : 256", "\"REFUSAL\" : 2")
        .containsSubsequence("DOCUMENT_TOO_SHORT", "REST_TOO_SHORT");
  }

  @Test
  void shouldRefuseManifestsOfOtherVersions() throws IOException {
    Path file = folder.resolve("manifest.json");
    manifest("d".repeat(64)).write(file);
    String current = Files.readString(file);
    // As version 0.1.0 wrote it: without a version, and all on one level.
    Files.writeString(file, "{\"model_fingerprint\": \"f\", \"pair_file_sha256\": \"d\"}");
    assertThatThrownBy(() -> PairManifest.read(file))
        .isInstanceOf(UserError.class)
        .hasMessage(
            file
                + " is of an earlier version of the pair file (no version, expected 3): generate"
                + " the pairs again.");
    Files.writeString(file, current.replace("\"version\" : 3", "\"version\" : 4"));
    assertThatThrownBy(() -> PairManifest.read(file))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("is of a later version of the pair file (4, expected 3)");
    Files.writeString(file, "{\"other\": 1}");
    assertThatThrownBy(() -> PairManifest.read(file))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("version: the key is missing");
  }

  @Test
  void shouldRefuseAnotherPairFileAndTokenizer() throws IOException {
    Path pairs = Files.writeString(folder.resolve("pairs.jsonl"), "{}\n");
    manifest(Sha256.of(pairs)).verify(pairs);
    assertThatThrownBy(() -> manifest("d".repeat(64)).verify(pairs))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("is not the file of its manifest");
    manifest("d".repeat(64)).verifyTokenizer("e".repeat(64));
    assertThatThrownBy(() -> manifest("d".repeat(64)).verifyTokenizer("a".repeat(64)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("another tokenizer");
  }

  @Test
  void shouldReadBackOutcomesOfPieces() {
    PairRow row = PairFileTest.row(0);
    PieceOutcome kept =
        new PieceOutcome(
            row.id(),
            Optional.of(row),
            DropCounts.none().plus(DropReason.REFUSAL),
            refusal("No."),
            2);
    PieceOutcome dropped =
        new PieceOutcome("x", Optional.empty(), DropCounts.none(), DropExamples.none(), 0);
    assertThat(PieceOutcome.parse(kept.line(), "log:1")).isEqualTo(kept);
    assertThat(PieceOutcome.parse(dropped.line(), "log:2")).isEqualTo(dropped);
    assertThatThrownBy(() -> PieceOutcome.parse("{\"piece_id\":\"x\"}", "log:3"))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("log:3: ");
  }

  @Test
  void shouldAddDropCountsAndSayThem() {
    DropCounts counts =
        DropCounts.none()
            .plus(DropReason.IDENTICAL_ANSWERS)
            .plus(DropReason.REFUSAL)
            .plus(new DropCounts(Map.of(DropReason.REFUSAL, 2)));
    assertThat(counts.total()).isEqualTo(4);
    assertThat(counts.sentence())
        .isEqualTo("3 x an answer is a refusal; 1 x both answers are the same");
    assertThat(counts.noPairSurvived(refusal("I cannot."), Path.of("run/dropped.json")))
        .hasMessage(
            "No pair survived: 3 x an answer is a refusal (for example \"I cannot.\"); 1 x both"
                + " answers are the same; use another model, or give other --refusal-phrases,"
                + " sample with a --temperature above 0, with a new --out (dropped.json in this one"
                + " has an example of each reason).");
    assertThat(DropCounts.none().noPairSurvived(DropExamples.none(), Path.of("dropped.json")))
        .hasMessageStartingWith("No pair was made")
        .hasMessageContaining("with a new --out");
  }

  @Test
  void shouldKeepFirstExampleOfEveryReasonShortEnoughToRead() {
    DropExamples examples =
        refusal("I cannot.").plus(refusal("I can't.")).plus(refusal("x".repeat(5000)));
    assertThat(examples.of(DropReason.REFUSAL).orElseThrow().chosen()).contains("I cannot.");
    assertThat(examples.of(DropReason.IDENTICAL_ANSWERS)).isEmpty();
    assertThat(Json.parse(Json.line(examples), DropExamples.class, "here")).isEqualTo(examples);
    DropExample longest = refusal("😀".repeat(5000)).of(DropReason.REFUSAL).orElseThrow();
    assertThat(longest.chosen().orElseThrow()).hasSizeLessThan(500).endsWith("😀 [...]");
    // Read back it is not cut again.
    assertThat(Json.parse(Json.line(longest), DropExample.class, "here")).isEqualTo(longest);
  }

  private static DropExamples refusal(String chosen) {
    return new DropExamples(
        Map.of(
            DropReason.REFUSAL,
            new DropExample("/books/a.txt", "Why?", Optional.of(chosen), Optional.empty())));
  }

  @Test
  void shouldDocumentARowThatCanBeRead() throws IOException {
    List<String> page = Files.readAllLines(Path.of("docs/pair-file.md"));
    String row = page.get(page.indexOf("```json") + 1);
    Path file = Files.writeString(folder.resolve("example.jsonl"), row + "\n");
    PairRow read = PairRows.readAll(file).getFirst();
    assertThat(PairFile.line(read)).isEqualTo(row);
    assertThat(read.id()).isEqualTo(read.piece().id());
    for (DropReason reason : DropReason.values()) {
      assertThat(page).anyMatch(line -> line.contains("`" + reason + "`"));
    }
  }
}
