package org.longpo.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.documents.DocumentSpan;
import org.longpo.files.StageIdentity;
import org.longpo.model.Workers;
import org.longpo.pairs.FakePairs;
import org.longpo.pairs.PieceTotals;
import org.longpo.progress.Cancellation;
import org.longpo.progress.CancelledException;
import org.longpo.progress.Progress;

/** Groups of pieces, their log and how it is continued. */
class PieceWorkTest {
  /** A whole group and a part of one. */
  private static final int PIECES = PieceGroups.MOST_PIECES + 3;

  private static final StageIdentity IDENTITY = StageIdentity.of("generate");

  private static final Workers ONE = Workers.start(1);

  @TempDir Path folder;

  private static PieceTotals complete(FakePairs pairs, Path log, Cancellation cancellation) {
    return complete(pairs, log, PIECES, ONE, cancellation);
  }

  private static PieceTotals complete(
      FakePairs pairs, Path log, int pieces, Workers workers, Cancellation cancellation) {
    return new PieceWork(
            pairs.generator(),
            FakePairs.documents(),
            FakePairs.LENGTH,
            workers,
            Progress.NONE,
            cancellation)
        .completeLog(log, IDENTITY, FakePairs.pieces(pieces));
  }

  @Test
  void shouldGroupAsManyPiecesAsOneLongPieceHasTokens() {
    List<DocumentSpan> pieces = FakePairs.pieces(70);
    assertThat(sizes(pieces, 128)).containsExactly(32, 32, 6);
    assertThat(sizes(pieces.subList(0, 40), 4096)).containsExactly(16, 16, 8);
    assertThat(sizes(pieces.subList(0, 3), 65_536)).containsExactly(1, 1, 1);
    assertThat(sizes(pieces.subList(0, 2), 1_000_000)).containsExactly(1, 1);
  }

  private static List<Integer> sizes(List<DocumentSpan> pieces, int lengthTokens) {
    return PieceGroups.of(pieces, lengthTokens).stream().map(List::size).toList();
  }

  @Test
  void shouldAskOncePerGroupAndWriteALinePerPiece() {
    FakePairs pairs = new FakePairs();
    Path log = folder.resolve("log");
    PieceTotals totals = complete(pairs, log, Cancellation.NEVER);
    assertThat(totals.rows()).isEqualTo(PIECES);
    assertThat(log).content().hasLineCount(PIECES + 1);
    assertThat(pairs.longWriter.written).extracting(List::size).containsExactly(64, 6);
  }

  @Test
  void shouldEndWithSameBytesWhereverItWasKilled() throws IOException {
    Path whole = folder.resolve("whole");
    complete(new FakePairs(), whole, Cancellation.NEVER);
    List<String> lines = Files.readAllLines(whole);
    for (int done : new int[] {0, 1, 20, 32, 33, PIECES}) {
      FakePairs pairs = new FakePairs();
      Path killed = folder.resolve("killed" + done);
      Files.write(killed, lines.subList(0, 1 + done));
      assertThat(complete(pairs, killed, Cancellation.NEVER).rows()).isEqualTo(PIECES);
      assertThat(killed).hasSameBinaryContentAs(whole);
      // Whole groups are written again, but only missing pieces are scored.
      List<Integer> batches = new ArrayList<>();
      if (done < 32) {
        batches.add(64);
      }
      if (done < PIECES) {
        batches.add(6);
      }
      assertThat(pairs.longWriter.written).extracting(List::size).isEqualTo(batches);
      assertThat(pairs.scorer.scored).hasSize(PIECES - done);
    }
  }

  @Test
  void shouldWriteSameBytesWithSeveralWorkers() {
    int pieces = 5 * PieceGroups.MOST_PIECES + 3;
    Path one = folder.resolve("one");
    complete(new FakePairs(), one, pieces, ONE, Cancellation.NEVER);
    Path three = folder.resolve("three");
    try (Workers workers = Workers.start(3)) {
      complete(new FakePairs(), three, pieces, workers, Cancellation.NEVER);
    }
    assertThat(three).hasSameBinaryContentAs(one);
  }

  @Test
  void shouldStopBetweenPiecesAndKeepThoseThatAreDone() {
    FakePairs pairs = new FakePairs();
    Path log = folder.resolve("log");
    assertThatThrownBy(() -> complete(pairs, log, () -> pairs.scorer.scored.size() == 5))
        .isInstanceOf(CancelledException.class);
    assertThat(log).content().hasLineCount(1 + 5);
  }

  @Test
  void shouldTellWhatIsWrittenAndAdvanceByPieces() {
    FakePairs pairs = new FakePairs();
    List<String> told = new ArrayList<>();
    Progress progress =
        new Progress() {
          @Override
          public Task start(String name, String unit, long doneUnits, long totalUnits) {
            return (units, tokens, figures) -> told.add(units + " " + figures);
          }

          @Override
          public void say(String sentence) {}
        };
    new PieceWork(
            pairs.generator(),
            FakePairs.documents(),
            FakePairs.LENGTH,
            ONE,
            progress,
            Cancellation.NEVER)
        .completeLog(folder.resolve("log"), IDENTITY, FakePairs.pieces(2));
    assertThat(told)
        .containsExactly(
            "0 0 pairs, writing instructions",
            "0 0 pairs, writing chosen answers",
            "0 0 pairs, writing rejected answers",
            "1 2 pairs",
            "1 4 pairs");
  }
}
