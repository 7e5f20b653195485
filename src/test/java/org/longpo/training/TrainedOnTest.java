package org.longpo.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
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
import org.longpo.progress.Progress;
import org.longpo.settings.OptionRecords;

class TrainedOnTest {
  private static final Map<String, Integer> PAIRS = Map.of("a", 2, "b", 3, "c", 4, "long", 5);

  /** An early stop. */
  private static final TrainingEnd END = new TrainingEnd(3, OptionalInt.of(2));

  @TempDir Path folder;

  private TrainedOn of(ValidationSettings evaluation) throws IOException {
    List<PairRow> rows = new ArrayList<>();
    for (String id : List.of("a", "long", "b", "c")) {
      int characters = id.equals("long") ? 30 : 10;
      Path file = Files.writeString(folder.resolve(id + ".txt"), id.repeat(30));
      rows.add(
          new PairRow(
              id,
              TestDocuments.read(file).span(0, characters, characters),
              10_000,
              Collections.nCopies(
                  PAIRS.getOrDefault(id, 0),
                  new Pair(new ChunkSpan(0, 5, 5), "i", answer(7), answer(8)))));
    }
    Path pairs = folder.resolve("pairs.jsonl");
    PairFile.write(pairs, rows::forEach);
    // Two epochs, two documents a step; the long document has 35 tokens, the others 15.
    TrainingSettings settings =
        OptionRecords.with(
            TinyRun.settings(2, 2),
            Map.of("max_length", 20, "over_length", OverLength.DROP, "validation", evaluation));
    try (PairFile file = PairFile.open(pairs)) {
      return TrainedOn.of(
          new PairExamples(file, new SpanReader(), new TestPrompts(), settings, Progress.NONE),
          settings,
          END);
    }
  }

  @Test
  void shouldLeaveOutWhatMaxLengthDropped() throws IOException {
    TrainedOn trainedOn = of(ValidationSettings.NONE);
    // 2 + 3 + 4 pairs.
    assertThat(trainedOn)
        .isEqualTo(new TrainedOn(3, 9, 3, OptionalInt.of(2), List.of(), List.of("long"), Map.of()));
    assertThat(trainedOn.includes("long")).isFalse();
    assertThat(trainedOn.includes("a")).isTrue();
  }

  @Test
  void shouldLeaveOutWhatIsHeldOut() throws IOException {
    TrainedOn trainedOn = of(new ValidationSettings(0.3, OptionalInt.empty(), false));
    assertThat(trainedOn.documents()).isEqualTo(2);
    assertThat(trainedOn.heldOut()).hasSize(1).doesNotContain("long");
    assertThat(trainedOn.pairs())
        .isEqualTo(9 - PAIRS.getOrDefault(trainedOn.heldOut().getFirst(), 0));
    trainedOn.write(new TrainingFolder(folder));
    assertThat(TrainedOn.read(new TrainingFolder(folder))).isEqualTo(trainedOn);
  }

  @Test
  void shouldKnowPairsThatTruncationLeft() throws IOException {
    Path file = Files.writeString(folder.resolve("book.txt"), "x".repeat(30));
    Pair cutOff = new Pair(new ChunkSpan(20, 25, 5), "i", answer(7), answer(8));
    Pair left = new Pair(new ChunkSpan(0, 5, 5), "i", answer(7), answer(8));
    PairRow row =
        new PairRow(
            "book", TestDocuments.read(file).span(0, 30, 30), 10_000, List.of(cutOff, left));
    Path pairs = folder.resolve("pairs.jsonl");
    PairFile.write(pairs, List.of(row)::forEach);
    TrainingSettings settings =
        OptionRecords.with(
            TinyRun.settings(1, 1),
            Map.of("max_length", 20, "over_length", OverLength.TRUNCATE_DOCUMENT));
    try (PairFile rows = PairFile.open(pairs)) {
      TrainedOn.of(
              new PairExamples(rows, new SpanReader(), new TestPrompts(), settings, Progress.NONE),
              settings,
              END)
          .write(new TrainingFolder(folder));
    }
    TrainedOn trainedOn = TrainedOn.read(new TrainingFolder(folder));
    // 20 tokens are 15 characters and what stands around them.
    assertThat(trainedOn.truncated()).isEqualTo(Map.of("book", 15));
    assertThat(trainedOn.pairsOf(row)).extracting(Pair::chunk).containsExactly(left.chunk());
  }

  private static Answer answer(int token) {
    return new Answer(
        "text", new int[] {token}, TokenOrigin.SAMPLED, true, new double[] {-1}, Optional.empty());
  }
}
