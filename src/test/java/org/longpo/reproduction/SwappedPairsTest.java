package org.longpo.reproduction;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.documents.ChunkSpan;
import org.longpo.documents.DocumentSpan;
import org.longpo.documents.TestDocuments;
import org.longpo.files.Sha256;
import org.longpo.inference.TokenOrigin;
import org.longpo.pairs.Answer;
import org.longpo.pairs.DropCounts;
import org.longpo.pairs.GenerateSettings;
import org.longpo.pairs.Pair;
import org.longpo.pairs.PairFile;
import org.longpo.pairs.PairManifest;
import org.longpo.pairs.PairRow;
import org.longpo.pairs.PairRows;
import org.longpo.pipeline.PairFolder;
import org.longpo.text.ChatSettings;

class SwappedPairsTest {
  private static final int ROWS = 200;

  @TempDir Path folder;

  @Test
  void shouldSwapAboutTheShareAndNothingElse() throws Exception {
    PairFolder original = write();
    Path swapped = folder.resolve("swapped");
    new SwappedPairs(0.4, 3).write(original, swapped);
    PairFolder written = new PairFolder(swapped);
    assertThat(written.verifiedManifest().counts()).isEqualTo(original.manifest().counts());
    List<PairRow> before = PairRows.readAll(original.pairFile());
    List<PairRow> after = PairRows.readAll(written.pairFile());
    int changed = 0;
    for (int i = 0; i < ROWS; i++) {
      assertThat(after.get(i).id()).isEqualTo(before.get(i).id());
      Pair one = before.get(i).pairs().getFirst();
      Pair other = after.get(i).pairs().getFirst();
      assertThat(List.of(other.chosen(), other.rejected()))
          .containsExactlyInAnyOrder(one.chosen(), one.rejected());
      changed += other.chosen().equals(one.rejected()) ? 1 : 0;
    }
    // Four standard errors of a share of 0.4 in 200.
    assertThat(changed).isBetween(52, 108);

    new SwappedPairs(0.4, 3).write(original, folder.resolve("again"));
    assertThat(folder.resolve("again/pairs.jsonl")).hasSameBinaryContentAs(written.pairFile());
  }

  private PairFolder write() throws Exception {
    PairFolder pairs = new PairFolder(Files.createDirectories(folder.resolve("pairs")));
    PairFile.write(
        pairs.pairFile(),
        rows -> {
          for (int i = 0; i < ROWS; i++) {
            rows.accept(row(i));
          }
        });
    new PairManifest(
            GenerateSettings.forLength(1024),
            new PairManifest.Writer("f", "e", ChatSettings.DEFAULTS),
            new PairManifest.Scorer("a"),
            new PairManifest.Counts(1, ROWS, Map.of(), ROWS, ROWS, DropCounts.none(), 0),
            Sha256.of(pairs.pairFile()))
        .write(pairs.manifestFile());
    return pairs;
  }

  private static PairRow row(int index) {
    DocumentSpan piece =
        new DocumentSpan(
            TestDocuments.identity("book.txt", "ab".repeat(32)), 10 * index, 10 * index + 9, 9);
    return new PairRow(
        piece.id(),
        piece,
        10_000,
        List.of(
            new Pair(new ChunkSpan(10 * index, 10 * index + 5, 5), "Who?", answer(7), answer(8))));
  }

  private static Answer answer(int token) {
    return new Answer(
        "text", new int[] {token}, TokenOrigin.SAMPLED, true, new double[] {-1}, Optional.empty());
  }
}
