package org.longpo.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.longpo.files.AppendLog;
import org.longpo.files.AtomicFile;
import org.longpo.training.CollapsingRun;
import org.longpo.training.RandomExamples;
import org.longpo.training.TinyRun;
import org.longpo.training.ToldSentences;
import org.longpo.training.TrainedOn;
import org.longpo.training.TrainingData;

/** A training that a collapse ended is done, and its record says what came out. */
class EarlyStopTest {
  private static final int PLANNED = 40;
  private static final Path LLAMA = Path.of("src/test/resources/models/llama");
  private static final TrainingData DATA = RandomExamples.data(TinyRun.documents().subList(0, 2));

  @TempDir Path folder;

  private Map<String, String> whole = Map.of();

  @BeforeEach
  void trainOnce() throws IOException {
    assertThat(train()).isPositive();
    whole = TinyRun.bytes(run().home());
  }

  @Test
  void shouldRecordTheStepsThatWereDoneAndThoseOfTheResult() {
    TrainedOn record = TrainedOn.read(run().folder());
    assertThat(record.steps())
        .isLessThan(PLANNED)
        .isEqualTo(AppendLog.readLines(run().folder().metrics()).size());
    int result = record.resultStep().orElseThrow();
    assertThat(result).isLessThan(record.steps() - 5);
    assertThat(run().folder().checkpoints().resolve("checkpoint-" + result)).isDirectory();
    // Llama's checkpoint holds the weights by the same names; the result has no others.
    assertThat(whole.keySet()).contains("model/model.safetensors");
  }

  @Test
  void shouldBeFinished() throws IOException {
    assertThat(run().isFinished()).isTrue();
    assertThat(train()).as("documents that were read").isZero();
    assertThat(TinyRun.bytes(run().home())).isEqualTo(whole);
  }

  @ParameterizedTest
  @ValueSource(strings = {"model", "model training.json"})
  void shouldExportTheSameWeightsAgain(String removed) throws IOException {
    remove(removed);
    assertThat(train()).as("documents that were read").isZero();
    assertThat(TinyRun.bytes(run().home())).isEqualTo(whole);
  }

  @Test
  void shouldKnowItsStepsFromTheLogIfRecordAndCheckpointsWereRemoved() {
    TrainedOn record = TrainedOn.read(run().folder());
    remove("training.json checkpoints");
    assertThat(train()).as("documents that were read").isZero();
    TrainedOn again = TrainedOn.read(run().folder());
    assertThat(again.steps()).isEqualTo(record.steps());
    assertThat(again.resultStep()).isEmpty();
  }

  private void remove(String names) {
    for (String name : List.of(names.split(" ", -1))) {
      AtomicFile.deleteRecursively(run().home().resolve(name));
    }
  }

  /** How many documents were read for steps. */
  private int train() {
    AtomicInteger asked = new AtomicInteger();
    run()
        .run(
            DATA,
            new ToldSentences(),
            () -> {
              asked.incrementAndGet();
              return false;
            });
    return asked.get();
  }

  private StageRun run() {
    return new StageRun(
        LLAMA,
        folder.resolve("run"),
        CollapsingRun.settings(PLANNED, 4, /* stopOnCollapse= */ true));
  }
}
