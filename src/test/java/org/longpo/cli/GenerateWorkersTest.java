package org.longpo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.pairs.Answer;
import org.longpo.pairs.Pair;
import org.longpo.pairs.PairRow;
import org.longpo.pairs.PairRows;

/** Several workers on one model write what one would. */
class GenerateWorkersTest {
  /** Of an operation in float32 that is spread over other numbers of threads, on sums of tens. */
  private static final double ROUNDING = 1e-4;

  @TempDir Path folder;

  @BeforeEach
  void makeWorld() throws IOException {
    TinyWorld.writeModel(folder.resolve("model"));
    TinyWorld.writeDocuments(folder.resolve("documents"), 80, 4);
    Files.writeString(folder.resolve("instructions.txt"), "What happened?\nWho was it?\nWhere?\n");
  }

  private List<PairRow> rows(int workers) {
    Path run = folder.resolve("run" + workers);
    KilledProcess.Result result =
        KilledProcess.inProcess(
            Arguments.of("generate")
                .with("--model", folder.resolve("model"))
                .with("--documents", folder.resolve("documents"))
                .with("--instructions", folder.resolve("instructions.txt"))
                .with("--length", 120)
                .with("--chunk-tokens", 40)
                .with("--max-new-tokens", 8)
                .with("--min-words", 0)
                .with("--max-chosen-repetition", 1)
                .with("--max-rejected-repetition", 1)
                .with("--workers", workers)
                .with("--out", run)
                .list());
    assertThat(result.exitCode()).as(result.err()).isZero();
    return PairRows.readAll(run.resolve("pairs.jsonl"));
  }

  @Test
  void shouldWriteWhatOneWorkerWrites() {
    List<PairRow> one = rows(1);
    List<PairRow> three = rows(3);
    // More than two groups of pieces.
    assertThat(one).hasSizeGreaterThan(64);
    assertThat(three).extracting(PairRow::id).isEqualTo(one.stream().map(PairRow::id).toList());
    for (int i = 0; i < one.size(); i++) {
      List<Pair> pairs = one.get(i).pairs();
      assertThat(three.get(i).pairs()).hasSameSizeAs(pairs);
      for (int k = 0; k < pairs.size(); k++) {
        assertSame(three.get(i).pairs().get(k).chosen(), pairs.get(k).chosen());
        assertSame(three.get(i).pairs().get(k).rejected(), pairs.get(k).rejected());
      }
    }
  }

  private static void assertSame(Answer written, Answer expected) {
    assertThat(written.tokens()).isEqualTo(expected.tokens());
    assertThat(written.referenceShort())
        .usingElementComparator((a, b) -> Math.abs(a - b) <= ROUNDING ? 0 : Double.compare(a, b))
        .containsExactly(expected.referenceShort());
  }
}
