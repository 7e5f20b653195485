package org.longpo.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.checkpoint.Checkpoint;
import org.longpo.checkpoint.ModelConfig;
import org.longpo.checkpoint.RopeScaling;
import org.longpo.checkpoint.RopeSettings;
import org.longpo.checkpoint.SafetensorsFile;
import org.longpo.engine.EngineSettings;
import org.longpo.engine.attention.KernelChoice;
import org.longpo.error.UserError;
import org.longpo.objective.Input;
import org.longpo.objective.LongPo;
import org.longpo.objective.NllSpan;
import org.longpo.objective.Sigmoid;
import org.longpo.progress.Cancellation;
import org.longpo.progress.Progress;
import org.longpo.tensor.DType;
import org.longpo.tensor.Device;

class TrainingRunTest {
  private static final Path LLAMA = Path.of("src/test/resources/models/llama");
  private static final EngineSettings ENGINE = EngineSettings.defaults(KernelChoice.blocked());

  @TempDir Path folder;

  @Test
  void shouldExportTrainedWeightsWithThePolicysPositionEmbedding() {
    List<String> said = new ArrayList<>();
    TrainingRun run = run(1e6);
    run.run(RandomExamples.data(TinyRun.documents()), listener(said), Cancellation.NEVER);
    try (Checkpoint exported = Checkpoint.open(run.model());
        Checkpoint source = Checkpoint.open(LLAMA);
        SafetensorsFile trained =
            SafetensorsFile.open(
                folder.resolve("run/checkpoints/checkpoint-3/model.safetensors"))) {
      assertThat(exported.config().rope())
          .isEqualTo(new RopeSettings(1e6, new RopeScaling.Linear(2)));
      assertThat(exported.names()).isEqualTo(trained.tensors().keySet());
      trained
          .tensors()
          .forEach(
              (name, weight) -> {
                assertThat(exported.tensor(name).data().mismatch(weight.data())).isEqualTo(-1);
                assertThat(source.tensor(name).data().mismatch(weight.data())).isNotEqualTo(-1);
              });
    }
    assertThat(said)
        .anyMatch(sentence -> sentence.contains("of memory"))
        .anyMatch(sentence -> sentence.contains("the preference pulls"));
    // Done already: nothing is trained or written again.
    run.run(RandomExamples.data(TinyRun.documents()), Progress.NONE, Cancellation.NEVER);
  }

  @Test
  void shouldRefuseRunBeyondMemoryWithBothNumbers() {
    ModelConfig config = ModelConfig.read(LLAMA);
    MemoryEstimate estimate =
        MemoryEstimate.of(config, DType.BFLOAT16, OptimizerKind.ADAMW, ENGINE, 1_000_000_000);
    assertThatThrownBy(() -> estimate.requireFits(1L << 30))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("1.00 GiB are available")
        .hasMessageContaining(MemoryEstimate.gib(estimate.total()));
  }

  @Test
  void shouldCountSixteenBytesPerParameterOfNarrowModel() {
    ModelConfig config = ModelConfig.read(LLAMA);
    MemoryEstimate estimate =
        MemoryEstimate.of(config, DType.BFLOAT16, OptimizerKind.ADAMW, ENGINE, 1);
    // bfloat16 weights: 2 bytes; float32 gradient, two moments and master copy: 16 more.
    assertThat(estimate.gradients() + estimate.optimizer()).isEqualTo(8 * estimate.weights());
  }

  private TrainingRun run(double theta) {
    TrainingSettings settings =
        new TrainingSettings(
            new LongPo(0.1, 1, Sigmoid.PER_PAIR, NllSpan.WHOLE_SEQUENCE, Input.SHORT),
            SequenceLayout.TREE,
            OptimizerSettings.defaults().withSchedule(LearningRateSchedule.CONSTANT, 0),
            /* numTrainEpochs= */ 1,
            /* gradientAccumulationSteps= */ 2,
            OptionalInt.empty(),
            OverLength.ERROR,
            OptionalDouble.of(theta),
            Optional.of("{\"rope_type\": \"linear\", \"factor\": 2}"),
            /* saveSteps= */ 2,
            /* loggingSteps= */ 1,
            /* maxSkippedSteps= */ 3,
            /* seed= */ 1);
    return new TrainingRun(
        LLAMA, folder.resolve("run"), settings, ENGINE, DType.FLOAT32, Device.CPU);
  }

  private static Progress listener(List<String> said) {
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
