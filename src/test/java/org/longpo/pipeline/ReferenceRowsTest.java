package org.longpo.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.files.ResumableLog;
import org.longpo.files.StageIdentity;
import org.longpo.inference.FakeModel;
import org.longpo.inference.Written;
import org.longpo.pairs.FakePairs;
import org.longpo.pairs.PairFile;
import org.longpo.pairs.PairRow;
import org.longpo.pairs.PairRows;
import org.longpo.progress.Cancellation;
import org.longpo.progress.CancelledException;
import org.longpo.progress.Progress;

/** References on the long input, by a scorer without an engine. */
class ReferenceRowsTest {
  private static final StageIdentity IDENTITY = StageIdentity.of("reference");
  private static final int ROWS = 3;

  @TempDir Path folder;
  private Path pairs;

  @BeforeEach
  void writePairs() {
    pairs = folder.resolve("pairs.jsonl");
    List<PairRow> rows =
        new FakePairs()
            .outcomes(FakePairs.pieces(ROWS)).stream()
                .map(outcome -> outcome.row().orElseThrow())
                .toList();
    PairFile.write(pairs, rows::forEach);
  }

  private static FakeModel scorer(double nats) {
    return new FakeModel(
        "fake", request -> Written.encoded("", false, FakePairs.PROMPTS), sequence -> nats);
  }

  private Path complete(
      Path from, FakeModel scorer, boolean again, String name, Cancellation cancellation) {
    Path log = folder.resolve(name + ".log");
    try (PairFile rows = PairFile.open(from)) {
      new ReferenceRows(
              scorer,
              FakePairs.PROMPTS,
              piece ->
                  FakePairs.documents()
                      .apply(piece)
                      .text()
                      .substring(piece.startChar(), piece.endChar()),
              again)
          .completeLog(log, IDENTITY, rows, Progress.NONE, cancellation);
    }
    return log;
  }

  private Path file(Path log, String name) throws IOException {
    Path file = folder.resolve(name);
    try (var out = Files.newOutputStream(file)) {
      ResumableLog.copyEntries(log, out);
    }
    return file;
  }

  @Test
  void shouldReadEveryPieceOnceWithAllItsAnswers() throws IOException {
    FakeModel scorer = scorer(-2);
    Path log = complete(pairs, scorer, false, "first", Cancellation.NEVER);
    assertThat(scorer.scored).hasSize(ROWS).allMatch(sequences -> sequences.size() == 4);
    assertThat(PairRows.readAll(file(log, "first.jsonl")))
        .allMatch(PairRow::hasReferenceLong)
        .allSatisfy(
            row ->
                assertThat(row.pairs().getFirst().rejected().referenceLong().orElseThrow())
                    .containsOnly(-2));
  }

  @Test
  void shouldKeepReferencesThatAreThereUnlessTheModelIsAnother() throws IOException {
    Path first =
        file(complete(pairs, scorer(-2), false, "first", Cancellation.NEVER), "first.jsonl");
    FakeModel idle = scorer(-5);
    Path kept = file(complete(first, idle, false, "kept", Cancellation.NEVER), "kept.jsonl");
    assertThat(kept).hasSameBinaryContentAs(first);
    assertThat(idle.scored).isEmpty();
    Path other =
        file(complete(first, scorer(-5), true, "other", Cancellation.NEVER), "other.jsonl");
    assertThat(PairRows.readAll(other).getFirst().pairs().getFirst().chosen().referenceLong())
        .hasValueSatisfying(values -> assertThat(values).containsOnly(-5));
  }

  @Test
  void shouldGoOnAfterTheRowsThatAreDone() throws IOException {
    Path whole = complete(pairs, scorer(-2), false, "whole", Cancellation.NEVER);
    FakeModel stopped = scorer(-2);
    assertThatThrownBy(
            () -> complete(pairs, stopped, false, "run", () -> stopped.scored.size() == 2))
        .isInstanceOf(CancelledException.class);
    FakeModel rest = scorer(-2);
    Path run = complete(pairs, rest, false, "run", Cancellation.NEVER);
    assertThat(rest.scored).hasSize(ROWS - 2);
    assertThat(run).hasSameBinaryContentAs(whole);
  }
}
