package org.longpo.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.longpo.checkpoint.SafetensorsFile;
import org.longpo.checkpoint.TensorEntry;
import org.longpo.engine.LoraSettings;
import org.longpo.engine.Tuning;
import org.longpo.error.UserError;
import org.longpo.files.AppendLog;
import org.longpo.files.Json;
import org.longpo.objective.Input;
import org.longpo.objective.LongPo;
import org.longpo.objective.NllSpan;
import org.longpo.objective.Opsdl;
import org.longpo.objective.Sigmoid;
import org.longpo.progress.Cancellation;
import org.longpo.progress.CancelledException;
import org.longpo.settings.OptionRecords;
import org.longpo.tensor.DType;
import org.longpo.tensor.NativeMemory;
import org.longpo.tensor.Scope;
import tools.jackson.databind.JsonNode;

class TrainerTest {
  @TempDir Path folder;

  @Test
  void shouldOverfitOnePair() {
    List<TrainingExample> one = List.of(RandomExamples.tree("d", 1, 1));
    TinyRun.train(folder, one, TinyRun.settings(60, 1), DType.FLOAT32, Cancellation.NEVER);
    List<JsonNode> lines = metrics(folder);
    assertThat(lines).hasSize(60);
    assertThat(lines.getLast().path("loss").asDouble())
        .isLessThan(0.25 * lines.getFirst().path("loss").asDouble());
    assertThat(lines.getLast().path("rewards/accuracies").asDouble()).isEqualTo(1);
    assertThat(lines.getLast().path("rewards/margins").asDouble())
        .isGreaterThan(lines.getFirst().path("rewards/margins").asDouble());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 8, 13})
  void shouldEndWithSameBytesWhenStoppedAndResumed(int documentsBefore) throws IOException {
    for (DType dtype : List.of(DType.FLOAT32, DType.BFLOAT16)) {
      Path whole = folder.resolve("whole" + dtype);
      Path stopped = folder.resolve("stopped" + dtype);
      TrainingSettings settings = TinyRun.settings(3, 2);
      TinyRun.train(whole, TinyRun.documents(), settings, dtype, Cancellation.NEVER);
      AtomicInteger asked = new AtomicInteger();
      assertThatThrownBy(
              () ->
                  TinyRun.train(
                      stopped,
                      TinyRun.documents(),
                      settings,
                      dtype,
                      () -> asked.incrementAndGet() > documentsBefore))
          .isInstanceOf(CancelledException.class);
      TinyRun.train(stopped, TinyRun.documents(), settings, dtype, Cancellation.NEVER);
      assertThat(TinyRun.bytes(stopped)).isEqualTo(TinyRun.bytes(whole));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 8})
  void shouldResumeAdaptersAndKeepOnlyThemInCheckpoints(int documentsBefore) throws IOException {
    Tuning tuning = Tuning.lora(new LoraSettings(2, 4, List.of("q_proj", "down_proj")));
    TrainingSettings settings = OptionRecords.with(TinyRun.settings(3, 2), "tuning", tuning);
    Path whole = folder.resolve("whole");
    Path stopped = folder.resolve("stopped");
    TinyRun.train(whole, TinyRun.documents(), settings, DType.BFLOAT16, Cancellation.NEVER);
    AtomicInteger asked = new AtomicInteger();
    assertThatThrownBy(
            () ->
                TinyRun.train(
                    stopped,
                    TinyRun.documents(),
                    settings,
                    DType.BFLOAT16,
                    () -> asked.incrementAndGet() > documentsBefore))
        .isInstanceOf(CancelledException.class);
    TinyRun.train(stopped, TinyRun.documents(), settings, DType.BFLOAT16, Cancellation.NEVER);
    assertThat(TinyRun.bytes(stopped)).isEqualTo(TinyRun.bytes(whole));
    try (SafetensorsFile weights =
        SafetensorsFile.open(whole.resolve("checkpoints/checkpoint-9/model.safetensors"))) {
      assertThat(weights.tensors().keySet())
          .hasSize(2 * 2 * 2)
          .allMatch(name -> name.contains(".lora_"));
    }
  }

  /** Stopped at any token that is drawn, in any step and evaluation. */
  @ParameterizedTest
  @ValueSource(ints = {1, 90, 200})
  void shouldEndWithSameBytesWhenStoppedBetweenSamplings(int questions) throws IOException {
    Tuning lora = Tuning.lora(new LoraSettings(2, 4, List.of("q_proj", "down_proj")));
    for (Tuning tuning : List.of(Tuning.FULL, lora)) {
      TrainingSettings settings =
          OptionRecords.with(
              OptionRecords.with(TinyRun.onPolicy(4), "tuning", tuning),
              "validation",
              new ValidationSettings(0.3, OptionalInt.of(3), false));
      Path whole = folder.resolve("whole" + tuning.lora().isPresent());
      Path stopped = folder.resolve("stopped" + tuning.lora().isPresent());
      TinyRun.train(whole, TinyRun.documents(), settings, DType.BFLOAT16, Cancellation.NEVER);
      AtomicInteger asked = new AtomicInteger();
      assertThatThrownBy(
              () ->
                  TinyRun.train(
                      stopped,
                      TinyRun.documents(),
                      settings,
                      DType.BFLOAT16,
                      () -> asked.incrementAndGet() > questions))
          .isInstanceOf(CancelledException.class);
      TinyRun.train(stopped, TinyRun.documents(), settings, DType.BFLOAT16, Cancellation.NEVER);
      assertThat(TinyRun.bytes(stopped)).isEqualTo(TinyRun.bytes(whole));
    }
  }

  /** What the policy writes given the long input becomes what the start would write. */
  @Test
  void shouldBringLongContextNearShortOne() {
    List<TrainingExample> one = List.of(RandomExamples.tree("d", 1, 12));
    TrainingSettings settings =
        OptionRecords.with(
            OptionRecords.with(
                OptionRecords.with(TinyRun.settings(60, 1), "objective", new Opsdl(1, 6, 1, 1)),
                "learning_rate",
                3e-3),
            "logging_steps",
            2);
    TinyRun.train(folder, one, settings, DType.FLOAT32, Cancellation.NEVER);
    List<JsonNode> lines = metrics(folder);
    assertThat(lines).hasSize(30);
    // Samples differ from step to step: a line of 24 has a standard deviation of about 0.04, the
    // losses are about 0.7 and 0.3.
    assertThat(meanLoss(lines.subList(20, 30))).isLessThan(0.6 * meanLoss(lines.subList(0, 3)));
  }

  private static double meanLoss(List<JsonNode> lines) {
    return lines.stream().mapToDouble(line -> line.path("loss").asDouble()).average().orElseThrow();
  }

  @Test
  void shouldGoOnFromEarlierCheckpointWhenNewestIsDamaged() throws IOException {
    Path whole = folder.resolve("whole");
    Path damaged = folder.resolve("damaged");
    for (Path run : List.of(whole, damaged)) {
      TinyRun.train(
          run, TinyRun.documents(), TinyRun.settings(3, 2), DType.FLOAT32, Cancellation.NEVER);
    }
    Path newest = damaged.resolve("checkpoints/checkpoint-9/model.safetensors");
    byte[] bytes = Files.readAllBytes(newest);
    bytes[bytes.length - 1] ^= 1;
    Files.write(newest, bytes);
    TinyRun.train(
        damaged, TinyRun.documents(), TinyRun.settings(3, 2), DType.FLOAT32, Cancellation.NEVER);
    assertThat(TinyRun.bytes(damaged)).isEqualTo(TinyRun.bytes(whole));
  }

  @Test
  void shouldKeepLastTwoCheckpoints() throws IOException {
    TinyRun.train(
        folder, TinyRun.documents(), TinyRun.settings(3, 2), DType.FLOAT32, Cancellation.NEVER);
    try (Stream<Path> kept = Files.list(folder.resolve("checkpoints"))) {
      assertThat(kept.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("checkpoint-8", "checkpoint-9");
    }
  }

  @Test
  void shouldRemoveWhatKilledSaveLeft() throws IOException {
    TinyRun.train(
        folder, TinyRun.documents(), TinyRun.settings(3, 2), DType.FLOAT32, Cancellation.NEVER);
    Map<String, String> whole = TinyRun.bytes(folder);
    // Killed between the rename of the new checkpoint and the removal of the oldest one, ...
    Path oldest = Files.createDirectory(folder.resolve("checkpoints/checkpoint-7"));
    Files.copy(folder.resolve("checkpoints/checkpoint-9/state.json"), oldest.resolve("state.json"));
    // ... and in the middle of a write.
    Path half = Files.createDirectory(folder.resolve("checkpoints/checkpoint-8.tmp"));
    Files.writeString(half.resolve("model.safetensors"), "half");
    TinyRun.train(
        folder, TinyRun.documents(), TinyRun.settings(3, 2), DType.FLOAT32, Cancellation.NEVER);
    assertThat(TinyRun.bytes(folder)).isEqualTo(whole);
  }

  @Test
  void shouldRefuseFolderOfAnotherRun() {
    TinyRun.train(
        folder, TinyRun.documents(), TinyRun.settings(1, 2), DType.FLOAT32, Cancellation.NEVER);
    assertThatThrownBy(
            () ->
                TinyRun.train(
                    folder,
                    TinyRun.documents(),
                    TinyRun.settings(2, 2),
                    DType.FLOAT32,
                    Cancellation.NEVER))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("train.num_train_epochs 1 (now 2)");
  }

  @Test
  void shouldSkipStepWhoseLossIsNotFinite() {
    List<TrainingExample> documents = TinyRun.documents();
    RandomExamples.spoil(documents.get(2));
    TinyRun.train(folder, documents, TinyRun.settings(2, 1), DType.FLOAT32, Cancellation.NEVER);
    List<String> skipped = AppendLog.readLines(folder.resolve("skipped.jsonl"));
    assertThat(skipped).hasSize(2).allMatch(line -> line.contains("document-2"));
    assertThat(metrics(folder)).hasSize(2 * documents.size() - 2);
  }

  @Test
  void shouldStopAfterTooManySkippedStepsInARow() {
    List<TrainingExample> documents = TinyRun.documents();
    documents.forEach(RandomExamples::spoil);
    assertThatThrownBy(
            () ->
                TinyRun.train(
                    folder, documents, TinyRun.settings(3, 1), DType.FLOAT32, Cancellation.NEVER))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("3. step in a row")
        .hasMessageContaining("document-");
  }

  @Test
  void shouldSkipStepWhoseGradientIsNotFinite() {
    // The loss is finite in double, but its gradient leaves float32's range.
    LongPo beyondFloat = new LongPo(0.1, 1e39, Sigmoid.PER_PAIR, NllSpan.NONE, Input.SHORT);
    TrainingSettings settings =
        OptionRecords.with(
            TinyRun.settings(1, 2), Map.of("objective", beyondFloat, "logging_steps", 1));
    assertThatThrownBy(
            () ->
                TinyRun.train(
                    folder, TinyRun.documents(), settings, DType.FLOAT32, Cancellation.NEVER))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("the gradient is not finite")
        .hasMessageContaining("3. step in a row");
    // Checkpoints of skipped steps hold the weights that the run began with, and can be read.
    try (Scope ignored = Scope.open();
        SafetensorsFile stored =
            SafetensorsFile.open(folder.resolve("checkpoints/checkpoint-2/model.safetensors"))) {
      TinyRun.model(settings, DType.FLOAT32)
          .trainedParameters()
          .forEach(
              weight -> {
                TensorEntry entry = Objects.requireNonNull(stored.tensors().get(weight.name()));
                assertThat(entry.data().mismatch(weight.value().memory())).isEqualTo(-1);
              });
    }
    assertThat(AppendLog.readLines(folder.resolve("skipped.jsonl")))
        .hasSize(3)
        .allMatch(line -> line.contains("document-"));
  }

  /** Training, evaluation, logs and checkpoints: nothing native is left of any step. */
  @Test
  void shouldKeepLiveNativeTensorsFlatOverHundredsOfSteps() {
    List<TrainingExample> documents =
        List.of(RandomExamples.tree("d", 1, 1), RandomExamples.tree("e", 2, 1));
    TrainingSettings settings =
        OptionRecords.with(
            TinyRun.settings(300, 1),
            Map.of(
                "save_steps",
                120,
                "logging_steps",
                50,
                "lora",
                Optional.of(new LoraSettings(2, 4, List.of("q_proj"))),
                "validation",
                new ValidationSettings(0.5, OptionalInt.of(75), false)));
    List<Long> counts = new ArrayList<>();
    TinyRun.train(
        folder,
        documents,
        settings,
        DType.FLOAT32,
        () -> {
          counts.add(NativeMemory.livePointers());
          return false;
        });
    // One look per step and per evaluation, which hold different things at that moment. After the
    // first step everything that lives as long as the run exists.
    assertThat(counts).hasSize(304);
    Map<Long, Long> looks =
        counts.subList(1, counts.size()).stream()
            .collect(Collectors.groupingBy(count -> count, Collectors.counting()));
    assertThat(looks.values()).containsExactlyInAnyOrder(299L, 4L);
  }

  private static List<JsonNode> metrics(Path run) {
    return AppendLog.readLines(run.resolve("metrics.jsonl")).stream()
        .map(line -> Json.parse(line, JsonNode.class, "metrics"))
        .toList();
  }
}
