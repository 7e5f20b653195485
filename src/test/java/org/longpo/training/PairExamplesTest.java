package org.longpo.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.documents.ChunkSpan;
import org.longpo.documents.SpanReader;
import org.longpo.documents.TestDocuments;
import org.longpo.error.UserError;
import org.longpo.inference.TokenOrigin;
import org.longpo.pairs.Answer;
import org.longpo.pairs.Pair;
import org.longpo.pairs.PairFile;
import org.longpo.pairs.PairRow;
import org.longpo.progress.Progress;
import org.longpo.settings.OptionRecords;

class PairExamplesTest {
  private static final ChunkSpan[] FIRST = {chunk(0, 5)};

  @TempDir Path folder;

  @Test
  void shouldNameOverLongDocumentAndItsTokens() throws IOException {
    // 1 + 30 characters + (2 i 3) + one token of answer.
    assertThatThrownBy(() -> open(20, OverLength.ERROR))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("long.txt")
        .hasMessageContaining("35 tokens")
        .hasMessageContaining("max_length is 20");
  }

  @Test
  void shouldDropOverLongDocumentsAndCountThem() throws IOException {
    PairExamples examples = open(20, OverLength.DROP);
    assertThat(examples.size()).isEqualTo(1);
    assertThat(examples.dropped()).isEqualTo(1);
    assertThat(examples.scale().longest()).isEqualTo(15);
  }

  @Test
  void shouldCutDocumentsTextAndNeverTheAnswer() throws IOException {
    PairExamples examples = open(20, OverLength.TRUNCATE_DOCUMENT);
    assertThat(examples.truncated()).isEqualTo(1);
    TrainingExample cut = examples.example(1);
    assertThat(cut.longest()).isEqualTo(20);
    assertThat(cut.sequences().getFirst()).endsWith(2, 'i', 3, 7);
    assertThat(cut.spans().getFirst().tokens()).isEqualTo(1);
  }

  @Test
  void shouldDropPairsWhoseChunkWasCutOffAndCountThem() throws IOException {
    // 20 tokens leave 15 characters of the text.
    PairExamples examples =
        open(20, OverLength.TRUNCATE_DOCUMENT, chunk(0, 5), chunk(10, 15), chunk(11, 16));
    assertThat(examples.truncated()).isEqualTo(1);
    assertThat(examples.droppedPairs()).isEqualTo(1);
    assertThat(examples.example(1).pairs()).isEqualTo(2);
    assertThat(examples.example(1).longest()).isEqualTo(20);
    assertThat(examples.scale().mostPairs()).isEqualTo(2);
  }

  @Test
  void shouldDropDocumentWhosePairsAreAllAboutWhatWasCutOff() throws IOException {
    PairExamples examples = open(20, OverLength.TRUNCATE_DOCUMENT, chunk(16, 21), chunk(25, 30));
    assertThat(examples.size()).isEqualTo(1);
    assertThat(examples.dropped()).isEqualTo(1);
    assertThat(examples.truncated()).isZero();
    assertThat(examples.droppedPairs()).isEqualTo(2);
  }

  @Test
  void shouldRefuseWhenNothingIsLeft() {
    assertThatThrownBy(() -> open(5, OverLength.DROP))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("nothing is left");
  }

  private static ChunkSpan chunk(int start, int end) {
    return new ChunkSpan(start, end, end - start);
  }

  /** {@code chunks}: of the long document; the short one has one of its own. */
  private PairExamples open(int maxLength, OverLength overLength, ChunkSpan... chunks)
      throws IOException {
    List<PairRow> rows = new ArrayList<>();
    for (String name : List.of("short", "long")) {
      int characters = name.equals("short") ? 10 : 30;
      Path file = Files.writeString(folder.resolve(name + ".txt"), "x".repeat(characters));
      rows.add(
          new PairRow(
              name,
              TestDocuments.read(file).span(0, characters, characters),
              10_000,
              Stream.of(name.equals("short") || chunks.length == 0 ? FIRST : chunks)
                  .map(chunk -> new Pair(chunk, "i", answer(7), answer(8)))
                  .toList()));
    }
    Path pairs = folder.resolve("pairs.jsonl");
    PairFile.write(pairs, rows::forEach);
    TrainingSettings settings =
        OptionRecords.with(
            TinyRun.settings(1, 1), Map.of("max_length", maxLength, "over_length", overLength));
    return new PairExamples(
        PairFile.open(pairs), new SpanReader(), new TestPrompts(), settings, Progress.NONE);
  }

  private static Answer answer(int token) {
    return new Answer(
        "text", new int[] {token}, TokenOrigin.SAMPLED, true, new double[] {-1}, Optional.empty());
  }
}
