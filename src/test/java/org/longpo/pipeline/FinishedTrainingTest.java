package org.longpo.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.longpo.engine.LoraSettings;
import org.longpo.error.UserError;
import org.longpo.files.AtomicFile;
import org.longpo.progress.CancelledException;
import org.longpo.progress.Progress;
import org.longpo.settings.OptionRecords;
import org.longpo.training.RandomExamples;
import org.longpo.training.TinyRun;
import org.longpo.training.TrainingSettings;

/** A training that is done stays done, whatever of its folder was removed to save space. */
class FinishedTrainingTest {
  private static final Path LLAMA = Path.of("src/test/resources/models/llama");

  @TempDir Path folder;

  private final List<String> said = new ArrayList<>();
  private Map<String, String> whole = Map.of();

  @BeforeEach
  void trainOnce() throws IOException {
    train(settings(2));
    whole = TinyRun.bytes(run(settings(2)).home());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "checkpoints",
        "metrics.jsonl timings.jsonl",
        "checkpoints metrics.jsonl skipped.jsonl",
        "training.json",
        "training.json checkpoints",
        "adapter",
        "adapter checkpoints",
        "adapter checkpoints training.json",
        "nothing"
      })
  void shouldNotTrainAgain(String removed) throws IOException {
    remove(removed);
    Map<String, String> left = TinyRun.bytes(run(settings(2)).home());
    assertThat(train(settings(2))).as("documents that were read").isZero();
    Map<String, String> now = TinyRun.bytes(run(settings(2)).home());
    if (removed.contains("training.json")) {
      // The result and the identity prove what it was, so the record can be written again.
      assertThat(now.remove("training.json")).isEqualTo(whole.get("training.json"));
    }
    assertThat(now).isEqualTo(left);
  }

  @ParameterizedTest
  @ValueSource(strings = {"adapter", "adapter checkpoints"})
  void shouldTellThatOnlyTheAdapterWasRemoved(String removed) {
    remove(removed);
    assertThat(run(settings(2)).isFinished()).isTrue();
    train(settings(2));
    assertThat(said)
        .anyMatch(sentence -> sentence.contains("adapter was removed, but the model has it merged"))
        .noneMatch(sentence -> sentence.contains("trained model was removed"));
    assertThat(String.join(" ", said).contains("remove the model, too"))
        .isEqualTo(!removed.contains("checkpoints"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"model", "model adapter", "model checkpoints"})
  void shouldExportAgainWhatWasRemoved(String removed) throws IOException {
    remove(removed);
    assertThat(train(settings(2))).isZero();
    assertThat(TinyRun.bytes(run(settings(2)).home()))
        .containsAllEntriesOf(
            removed.contains("checkpoints") ? without(whole, "checkpoints/") : whole);
  }

  @Test
  void shouldTrainAgainAndSaySoIfEverythingWasRemoved() throws IOException {
    remove("model adapter checkpoints");
    assertThat(train(settings(2))).isPositive();
    assertThat(said).anyMatch(sentence -> sentence.contains("training starts again"));
    assertThat(TinyRun.bytes(run(settings(2)).home())).isEqualTo(whole);
  }

  @Test
  void shouldRefuseOtherSettingsWithoutCheckpoints() {
    remove("checkpoints");
    assertThatThrownBy(() -> train(settings(3)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("begun with other inputs");
    assertThat(run(settings(2)).isFinished()).isTrue();
    assertThat(run(settings(3)).isFinished()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "identity.json",
        "identity.json checkpoints",
        "identity.json model adapter",
        "identity.json training.json checkpoints"
      })
  void shouldRefuseATrainingWhoseFolderDoesNotSayWhatItWasMadeFrom(String removed)
      throws IOException {
    remove(removed);
    Map<String, String> left = TinyRun.bytes(run(settings(2)).home());
    assertThatThrownBy(() -> train(settings(2)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("identity.json");
    assertThat(TinyRun.bytes(run(settings(2)).home())).isEqualTo(left);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"run\"", "\"updates\""})
  void shouldRefuseACheckpointOfAnotherVersionAndDeleteNothing(String key) throws IOException {
    remove("model adapter training.json");
    for (Path state : states()) {
      Files.writeString(state, Files.readString(state).replace(key, "\"another\""));
    }
    Map<String, String> left = TinyRun.bytes(run(settings(2)).home());
    assertThatThrownBy(() -> train(settings(2)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("is of another version of longpo");
    assertThat(TinyRun.bytes(run(settings(2)).home())).isEqualTo(left);
  }

  private List<Path> states() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("run/checkpoints"))) {
      return files.filter(file -> file.endsWith("state.json")).toList();
    }
  }

  @Test
  void shouldContinueWhenLogsOfUnfinishedRunWereRemoved() throws IOException {
    remove("model adapter checkpoints training.json metrics.jsonl timings.jsonl evaluations.jsonl");
    AtomicInteger asked = new AtomicInteger();
    assertThatThrownBy(
            () ->
                run(settings(2))
                    .run(
                        RandomExamples.data(TinyRun.documents()),
                        Progress.NONE,
                        () -> asked.incrementAndGet() > 5))
        .isInstanceOf(CancelledException.class);
    remove("metrics.jsonl");
    assertThat(train(settings(2))).isPositive();
    assertThat(said).anyMatch(sentence -> sentence.contains("Lines of the logs"));
    assertThat(TinyRun.bytes(run(settings(2)).home()).get("model/model.safetensors"))
        .isEqualTo(whole.get("model/model.safetensors"));
  }

  private static Map<String, String> without(Map<String, String> files, String prefix) {
    Map<String, String> left = new java.util.TreeMap<>(files);
    left.keySet().removeIf(name -> name.startsWith(prefix));
    return left;
  }

  private void remove(String names) {
    for (String name : names.split(" ", -1)) {
      AtomicFile.deleteRecursively(folder.resolve("run").resolve(name));
    }
  }

  /** How many documents were read for steps. */
  private int train(TrainingSettings settings) {
    AtomicInteger asked = new AtomicInteger();
    run(settings)
        .run(
            RandomExamples.data(TinyRun.documents()),
            listener(),
            () -> {
              asked.incrementAndGet();
              return false;
            });
    return asked.get();
  }

  private static TrainingSettings settings(int epochs) {
    return OptionRecords.with(
        TinyRun.settings(epochs, 2),
        Map.of(
            "save_steps",
            2,
            "logging_steps",
            1,
            "seed",
            1,
            "lora",
            Optional.of(new LoraSettings(2, 4, List.of("q_proj")))));
  }

  private StageRun run(TrainingSettings settings) {
    return new StageRun(LLAMA, folder.resolve("run"), settings);
  }

  private Progress listener() {
    return new Progress() {
      @Override
      public Task start(String name, String unit, long doneUnits, long totalUnits) {
        return (units, tokens, figures) -> {};
      }

      @Override
      public void say(String sentence) {
        said.add(sentence);
      }
    };
  }
}
