package org.longpo.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.documents.ChunkSpan;
import org.longpo.documents.SpanReader;
import org.longpo.documents.TestDocuments;
import org.longpo.inference.TokenOrigin;
import org.longpo.pairs.Answer;
import org.longpo.pairs.Pair;
import org.longpo.pairs.PairFile;
import org.longpo.pairs.PairRow;
import org.longpo.report.ReportData.PairExample;
import org.longpo.training.TrainedOn;

class TrainedExamplesTest {
  @TempDir Path home;

  @Test
  void shouldShowOnlyPairsThatWereTrainedOn() throws IOException {
    Path text = Files.writeString(home.resolve("book.txt"), "x".repeat(30));
    List<PairRow> rows = new ArrayList<>();
    for (String id : List.of("held-out", "whole", "cut")) {
      rows.add(
          new PairRow(
              id,
              TestDocuments.read(text).span(0, 30, 30),
              10_000,
              List.of(pair(id + " late", 20), pair(id + " early", 0))));
    }
    Files.createDirectories(home.resolve("pairs"));
    PairFile.write(home.resolve("pairs/pairs.jsonl"), rows::forEach);
    Files.createDirectories(home.resolve("training"));
    new TrainedOn(2, 3, 1, OptionalInt.of(1), List.of("held-out"), List.of(), Map.of("cut", 15))
        .write(new RunLayout.Round(home).training());
    assertThat(TrainedExamples.of(1, new RunLayout.Round(home), new SpanReader()))
        .extracting(PairExample::instruction)
        .containsExactly("whole late", "cut early");
  }

  private static Pair pair(String instruction, int start) {
    return new Pair(new ChunkSpan(start, start + 5, 5), instruction, answer(7), answer(8));
  }

  private static Answer answer(int token) {
    return new Answer(
        "text", new int[] {token}, TokenOrigin.SAMPLED, true, new double[] {-1}, Optional.empty());
  }
}
