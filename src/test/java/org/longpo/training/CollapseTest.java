package org.longpo.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.longpo.checkpoint.SafetensorsFile;
import org.longpo.checkpoint.TensorEntry;
import org.longpo.engine.LanguageModel;
import org.longpo.engine.Parameter;
import org.longpo.files.AppendLog;
import org.longpo.files.AtomicFile;
import org.longpo.progress.Cancellation;
import org.longpo.progress.CancelledException;
import org.longpo.settings.OptionRecords;
import org.longpo.tensor.DType;
import org.longpo.tensor.Scope;

/**
 * Training that collapses: without NLL and at a high rate the chosen answers become more likely for
 * some steps, then less and less so while the rejected ones fall on.
 */
class CollapseTest {
  private static final int PLANNED = 30;

  /** Two documents, both in every step. */
  private static final List<TrainingExample> DOCUMENTS = TinyRun.documents().subList(0, 2);

  @TempDir Path folder;

  private final ToldSentences told = new ToldSentences();

  @Test
  void shouldWarnOnceAndTrainOn() {
    TrainingEnd end = train(folder, settings(4, false), Cancellation.NEVER);
    assertThat(end).isEqualTo(new TrainingEnd(PLANNED, OptionalInt.of(PLANNED)));
    assertThat(lines(folder)).hasSize(PLANNED);
    assertThat(told.sentences()).hasSize(1);
    assertThat(told.sentences().getFirst())
        .startsWith("warning: Training is collapsing: logps/chosen_per_token went from -2.")
        .contains("nats per token", "learning_rate", "lambda", "nll_span", "beta")
        .contains("stop_on_collapse");
  }

  @Test
  void shouldNameCheckpointFromBeforeTheFall() {
    train(folder, settings(8, false), Cancellation.NEVER);
    assertThat(told.sentences().getFirst()).contains("checkpoints/checkpoint-8, from before");
  }

  @Test
  void shouldStopWithTheWeightsFromBeforeTheFall() throws IOException {
    TrainingSettings settings = settings(4, true);
    try (Scope ignored = Scope.open()) {
      LanguageModel model = TinyRun.model(settings, DType.FLOAT32);
      TrainingEnd end = TinyRun.train(model, folder, DOCUMENTS, settings, told, Cancellation.NEVER);
      assertThat(end.steps()).isBetween(15, PLANNED - 1);
      assertThat(end.resultStep()).hasValue(8);
      requireWeightsOf(8, model);
      assertThat(lines(folder))
          .hasSize(end.steps())
          .last()
          .asString()
          .contains("\"step\":" + end.steps());
      assertThat(told.sentences())
          .hasSize(3)
          .last()
          .asString()
          .contains("weights of step 8, from before the fall");
      assertThat(told.sentences().get(1))
          .contains("ends at step %d of %d".formatted(end.steps(), PLANNED));
      int due = end.steps() / 4 * 4;
      assertThat(checkpoints())
          .contains("checkpoint-8", "checkpoint-" + due, "checkpoint-" + end.steps())
          .hasSizeLessThanOrEqualTo(4);
    }
  }

  @Test
  void shouldHaveEndedWhenStartedAgain() throws IOException {
    TrainingSettings settings = settings(4, true);
    TrainingEnd end = train(folder, settings, Cancellation.NEVER);
    Map<String, String> whole = TinyRun.bytes(folder);
    try (Scope ignored = Scope.open()) {
      LanguageModel model = TinyRun.model(settings, DType.FLOAT32);
      assertThat(
              TinyRun.train(
                  model, folder, DOCUMENTS, settings, told, CollapseTest::failIfDocumentIsRead))
          .isEqualTo(end);
      requireWeightsOf(8, model);
    }
    assertThat(TinyRun.bytes(folder)).isEqualTo(whole);
  }

  @Test
  void shouldStopWithLastWeightsIfNoCheckpointIsFromBefore() throws IOException {
    TrainingEnd end = train(folder, settings(100, true), Cancellation.NEVER);
    assertThat(end.steps()).isLessThan(PLANNED);
    assertThat(end.resultStep()).hasValue(end.steps());
    assertThat(checkpoints()).containsExactly("checkpoint-" + end.steps());
    assertThat(told.sentences()).last().asString().contains("last weights", "save_steps than 100");
  }

  /** In the first steps, while the best mean moves on, in the fall, and just before the end. */
  @ParameterizedTest
  @ValueSource(ints = {3, 14, 21, 30, 39})
  void shouldEndWithSameBytesWhenStoppedAndResumed(int documentsBefore) throws IOException {
    TrainingSettings settings = settings(4, true);
    Path whole = folder.resolve("whole");
    TrainingEnd end = train(whole, settings, Cancellation.NEVER);
    Path stopped = folder.resolve("stopped");
    AtomicInteger asked = new AtomicInteger();
    assertThatThrownBy(
            () -> train(stopped, settings, () -> asked.incrementAndGet() > documentsBefore))
        .isInstanceOf(CancelledException.class);
    assertThat(train(stopped, settings, Cancellation.NEVER)).isEqualTo(end);
    assertThat(TinyRun.bytes(stopped)).isEqualTo(TinyRun.bytes(whole));
  }

  @Test
  void shouldEndWithSameBytesWhenKilledBeforeTheLastCheckpoint() throws IOException {
    TrainingSettings settings = settings(4, true);
    TrainingEnd end = train(folder, settings, Cancellation.NEVER);
    Map<String, String> whole = TinyRun.bytes(folder);
    AtomicFile.deleteRecursively(folder.resolve("checkpoints/checkpoint-" + end.steps()));
    assertThat(train(folder, settings, Cancellation.NEVER)).isEqualTo(end);
    assertThat(TinyRun.bytes(folder)).isEqualTo(whole);
  }

  @Test
  void shouldPreferTheBestEvaluationIfThatIsAskedFor() {
    TrainingSettings settings =
        OptionRecords.with(
            settings(4, true), "validation", new ValidationSettings(0.3, OptionalInt.of(4), true));
    TrainingEnd end;
    try (Scope ignored = Scope.open()) {
      end =
          TinyRun.train(
              TinyRun.model(settings, DType.FLOAT32),
              folder,
              TinyRun.documents().subList(0, 3),
              settings,
              told,
              Cancellation.NEVER);
    }
    assertThat(end.steps()).isLessThan(PLANNED);
    assertThat(told.sentences())
        .last()
        .asString()
        .isEqualTo(
            "The weights of step %d are the best.".formatted(end.resultStep().orElseThrow()));
  }

  private static boolean failIfDocumentIsRead() {
    throw new IllegalStateException("the training has ended");
  }

  private static TrainingSettings settings(int saveSteps, boolean stopOnCollapse) {
    return CollapsingRun.settings(PLANNED, saveSteps, stopOnCollapse);
  }

  private TrainingEnd train(Path run, TrainingSettings settings, Cancellation cancellation) {
    try (Scope ignored = Scope.open()) {
      return TinyRun.train(
          TinyRun.model(settings, DType.FLOAT32), run, DOCUMENTS, settings, told, cancellation);
    }
  }

  private void requireWeightsOf(int step, LanguageModel model) {
    try (SafetensorsFile stored =
        SafetensorsFile.open(
            folder.resolve("checkpoints/checkpoint-" + step + "/model.safetensors"))) {
      for (Parameter weight : model.trainedParameters()) {
        TensorEntry entry = Objects.requireNonNull(stored.tensors().get(weight.name()));
        assertThat(entry.data().mismatch(weight.value().memory())).isEqualTo(-1);
      }
    }
  }

  private List<String> checkpoints() throws IOException {
    try (Stream<Path> kept = Files.list(folder.resolve("checkpoints"))) {
      return kept.map(path -> path.getFileName().toString()).toList();
    }
  }

  private static List<String> lines(Path run) {
    return AppendLog.readLines(new TrainingFolder(run).metrics());
  }
}
