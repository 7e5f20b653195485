package org.longpo.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.longpo.checkpoint.Checkpoint;
import org.longpo.checkpoint.CheckpointWriter;
import org.longpo.checkpoint.ExportSettings;
import org.longpo.engine.LanguageModel;
import org.longpo.engine.LoraSettings;
import org.longpo.engine.ModelLoader;
import org.longpo.engine.Parameter;
import org.longpo.engine.Tuning;
import org.longpo.error.UserError;
import org.longpo.objective.Input;
import org.longpo.objective.LongPo;
import org.longpo.objective.NllSpan;
import org.longpo.objective.Sigmoid;
import org.longpo.progress.Cancellation;
import org.longpo.progress.Progress;
import org.longpo.settings.OptionRecords;
import org.longpo.tensor.DType;
import org.longpo.tensor.Device;
import org.longpo.tensor.Scope;
import org.longpo.training.LearningRateSchedule;
import org.longpo.training.RandomExamples;
import org.longpo.training.TensorBytes;
import org.longpo.training.TinyRun;
import org.longpo.training.TrainingExample;
import org.longpo.training.TrainingSettings;
import org.longpo.training.ValidationSettings;

/** Runs that learn nothing end in an error, and leave no model that looks like a result. */
class LearnedNothingTest {
  private static final Path LLAMA = Path.of("src/test/resources/models/llama");

  @TempDir Path folder;

  @Test
  void shouldRefuseBeforeItStartsWhatHasNoRateAboveZero() {
    StageRun run = run(LLAMA, settings(LearningRateSchedule.COSINE, 0.1, 1e-3, 5), Tuning.FULL);
    assertThatThrownBy(() -> train(run, TinyRun.documents()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("5 documents")
        .hasMessageContaining("learning rate 0");
    assertThat(run.home()).doesNotExist();
  }

  @Test
  void shouldNameTensorThatLeftItsTypeAndSayItAgain() {
    Path half = folder.resolve("half");
    writeFloat16(half, weight -> 1);
    // Adam's first step is as large as the rate, and float16 ends at 65,504.
    StageRun run = run(half, settings(LearningRateSchedule.CONSTANT, 0, 1e6, 5), Tuning.FULL);
    for (int start = 0; start < 2; start++) {
      assertThatThrownBy(() -> train(run, TinyRun.documents()))
          .isInstanceOf(UserError.class)
          .hasMessageContaining(run.folder().model().toString())
          .hasMessageContaining(".weight has values that are not finite in float16");
      assertThat(run.folder().model()).doesNotExist();
    }
  }

  @Test
  void shouldCallItAnErrorIfNoWeightMoved() {
    // Far below what a float32 of this size can tell.
    StageRun run = run(LLAMA, settings(LearningRateSchedule.CONSTANT, 0, 1e-30, 2), Tuning.FULL);
    for (int start = 0; start < 2; start++) {
      assertThatThrownBy(() -> train(run, TinyRun.documents()))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("changed no weight of " + LLAMA);
      assertThat(run.folder().model()).doesNotExist();
    }
  }

  /** What loading changes is no training: an adapter's product, and rounding to bfloat16. */
  @ParameterizedTest
  @CsvSource({
    "src/test/resources/models/llama-adapter, FLOAT32",
    "src/test/resources/models/llama-adapter, BFLOAT16",
    "src/test/resources/models/llama, BFLOAT16"
  })
  void shouldCallItAnErrorIfOnlyLoadingChangedWeights(Path source, DType dtype) {
    TrainingSettings settings = settings(LearningRateSchedule.CONSTANT, 0, 1e-30, 5);
    StageRun run = run(source, settings, folder.resolve("run"), dtype);
    assertThatThrownBy(() -> train(run, TinyRun.documents()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("changed no weight of " + source);
    assertThat(run.folder().model()).doesNotExist();
  }

  @Test
  void shouldTakeTrainingFromAnAdapterForAChange() {
    Path source = Path.of("src/test/resources/models/llama-adapter");
    TrainingSettings settings = settings(LearningRateSchedule.CONSTANT, 0, 1e-3, 5);
    StageRun run = run(source, settings, folder.resolve("run"));
    train(run, TinyRun.documents());
    assertThat(run.folder().model()).isDirectory();
  }

  /** A sum with 0 makes 0 of -0, which is the same number in other bytes. */
  @Test
  void shouldNotTakeAnotherSpellingOfZeroForAChange() {
    Path source = folder.resolve("negative-zeros");
    writeFloat16(source, weight -> weight.name().endsWith("q_proj.weight") ? -0.0 : 1);
    Tuning tuning =
        new Tuning(
            Optional.of(new LoraSettings(2, 4, List.of("q_proj"))), List.of("*lora_B.weight"));
    StageRun run = run(source, settings(LearningRateSchedule.CONSTANT, 0, 1e-3, 5), tuning);
    assertThatThrownBy(() -> train(run, TinyRun.documents()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("changed no weight");
  }

  @Test
  void shouldCallItAnErrorIfAdapterStaysZero() {
    Tuning tuning =
        new Tuning(
            Optional.of(new LoraSettings(2, 4, List.of("q_proj"))), List.of("*lora_B.weight"));
    for (boolean merge : List.of(true, false)) {
      TrainingSettings settings =
          OptionRecords.with(
              OptionRecords.with(
                  settings(LearningRateSchedule.CONSTANT, 0, 1e-3, 2), "tuning", tuning),
              "merge_adapter",
              merge);
      StageRun run = run(LLAMA, settings, folder.resolve("merged-" + merge));
      assertThatThrownBy(() -> train(run, TinyRun.documents()))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("changed no weight");
      assertThat(run.folder().adapter()).doesNotExist();
      assertThat(run.folder().model()).doesNotExist();
    }
  }

  @Test
  void shouldCallItAnErrorIfTheBestWeightsAreTheFirst() {
    // The first step has rate 0, and the second one is much too large.
    TrainingSettings settings =
        OptionRecords.with(
            settings(LearningRateSchedule.COSINE, 0.1, 100, 2),
            "validation",
            new ValidationSettings(0.2, OptionalInt.of(1), true));
    StageRun run = run(LLAMA, settings, folder.resolve("run"));
    assertThatThrownBy(() -> train(run, TinyRun.documents()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("changed no weight");
    assertThat(run.folder().model()).doesNotExist();
  }

  @Test
  void shouldCallItAnErrorIfEveryStepWasSkippedAndSayItAgain() {
    List<TrainingExample> documents = TinyRun.documents();
    documents.forEach(RandomExamples::spoil);
    StageRun run = run(LLAMA, settings(LearningRateSchedule.CONSTANT, 0, 1e-3, 2), Tuning.FULL);
    for (int start = 0; start < 2; start++) {
      assertThatThrownBy(() -> train(run, documents))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("all 3 steps were skipped")
          .hasMessageContaining("skipped.jsonl");
      assertThat(run.folder().model()).doesNotExist();
    }
  }

  private static void train(StageRun run, List<TrainingExample> documents) {
    run.run(RandomExamples.data(documents), Progress.NONE, Cancellation.NEVER);
  }

  private static TrainingSettings settings(
      LearningRateSchedule schedule, double warmup, double rate, int documentsPerStep) {
    return OptionRecords.of(
        TrainingSettings.class,
        Map.of(
            "objective",
            new LongPo(0.1, 1, Sigmoid.PER_PAIR, NllSpan.WHOLE_SEQUENCE, Input.SHORT),
            "learning_rate",
            rate,
            "lr_scheduler_type",
            schedule,
            "warmup_ratio",
            warmup,
            "gradient_accumulation_steps",
            documentsPerStep,
            "save_steps",
            2,
            "seed",
            1));
  }

  private StageRun run(Path source, TrainingSettings settings, Tuning tuning) {
    return run(source, OptionRecords.with(settings, "tuning", tuning), folder.resolve("run"));
  }

  private static StageRun run(Path source, TrainingSettings settings, Path home) {
    return run(source, settings, home, DType.FLOAT32);
  }

  private static StageRun run(Path source, TrainingSettings settings, Path home, DType dtype) {
    return new StageRun(source, home, settings, dtype);
  }

  /** The model in float16, as some checkpoints are, each weight times a factor. */
  private static void writeFloat16(Path target, ToDoubleFunction<Parameter> factor) {
    try (Checkpoint checkpoint = Checkpoint.open(LLAMA);
        Scope ignored = Scope.open()) {
      LanguageModel model =
          ModelLoader.trainable(checkpoint, checkpoint.config(), DType.FLOAT32, Device.CPU);
      CheckpointWriter.write(
          LLAMA,
          ExportSettings.unchanged(),
          model.parameters().values().stream()
              .map(
                  one -> {
                    one.value().mulInPlace(factor.applyAsDouble(one));
                    return TensorBytes.output(
                        one.name(),
                        Objects.requireNonNull(model.parts().values().get(one.name())),
                        DType.FLOAT16);
                  })
              .toList(),
          target);
    }
  }
}
