package org.longpo.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.longpo.checkpoint.ModelConfig;
import org.longpo.engine.EngineSettings;
import org.longpo.engine.LoraSettings;
import org.longpo.engine.Tuning;
import org.longpo.engine.attention.KernelChoice;
import org.longpo.error.UserError;
import org.longpo.settings.OptionRecords;
import org.longpo.tensor.DType;
import org.longpo.tensor.Device;

/** What the estimate adds up; {@link MemoryEstimateTest} holds it against real runs. */
class MemoryArithmeticTest {
  private static final Path LLAMA = Path.of("src/test/resources/models/llama");
  private static final EngineSettings ENGINE = EngineSettings.defaults(KernelChoice.blocked());

  @Test
  void shouldNeedLittleMemoryForAdapters() {
    ModelConfig config = ModelConfig.read(LLAMA);
    Tuning lora = Tuning.lora(new LoraSettings(1, 1, List.of("q_proj")));
    MemoryEstimate whole =
        MemoryEstimate.of(config, DType.BFLOAT16, OptimizerKind.ADAMW, Tuning.FULL, ENGINE, 1);
    MemoryEstimate adapters =
        MemoryEstimate.of(config, DType.BFLOAT16, OptimizerKind.ADAMW, lora, ENGINE, 1);
    long added = adapters.parameters().weights() - whole.parameters().weights();
    assertThat(added).isPositive();
    // bfloat16 adapters: 2 bytes; their gradients, moments and master copies: 16 more.
    assertThat(adapters.parameters().gradients() + adapters.parameters().optimizer())
        .isEqualTo(8 * added);
  }

  @Test
  void shouldNotAskDeviceForOptimizerThatLivesElsewhere() {
    MemoryEstimate all =
        MemoryEstimate.of(
            ModelConfig.read(LLAMA),
            DType.BFLOAT16,
            OptimizerKind.ADAMW,
            Tuning.FULL,
            ENGINE,
            1_000_000);
    OptimizerSettings here = OptimizerSettings.defaults();
    OptimizerSettings elsewhere = OptionRecords.with(here, "offload_optimizer", true);
    assertThat(all.on(Device.cuda(0), here)).isEqualTo(all);
    assertThat(all.on(Device.CPU, elsewhere)).isEqualTo(all);
    assertThat(all.on(Device.cuda(0), elsewhere).total())
        .isEqualTo(all.total() - all.parameters().optimizer());
    // What evolve asks for before it makes pairs is what train asks for when it has them.
    TrainingSetup setup =
        new TrainingSetup(
            OptionRecords.with(TinyRun.settings(1, 1), "optimizer", elsewhere),
            ModelConfig.read(LLAMA),
            ENGINE,
            DType.BFLOAT16,
            Device.cuda(0));
    assertThat(setup.memory(1_000_000)).isEqualTo(all.on(Device.cuda(0), elsewhere));
  }

  @Test
  void shouldCountTeacherOnceMoreUnlessItIsTheModelUnderAdapters() {
    Tuning lora = Tuning.lora(new LoraSettings(1, 1, List.of("q_proj")));
    for (Tuning tuning : List.of(Tuning.FULL, lora)) {
      TrainingSettings offPolicy = OptionRecords.with(TinyRun.settings(1, 1), "tuning", tuning);
      TrainingSettings onPolicy = OptionRecords.with(TinyRun.onPolicy(1), "tuning", tuning);
      long weights = memory(offPolicy, 1000).parameters().weights();
      assertThat(memory(onPolicy, 1000).parameters().weights())
          .isEqualTo(tuning.lora().isPresent() ? weights : 2 * weights);
    }
  }

  /** Of all documents between two samplings as far as there is memory, of one document at least. */
  @Test
  void shouldCountKeysAndValuesOfPromptsThatAreReadTogether() {
    ModelConfig config = ModelConfig.read(LLAMA);
    long perRow = 2L * config.layers() * config.keyValueHeads() * config.headDim() * 2;
    // 3 steps of 2 documents.
    assertThat(memory(TinyRun.onPolicy(1), 100).sampling()).isEqualTo(6 * 100 * perRow);
    long twoGib = 2L << 30;
    assertThat(memory(TinyRun.onPolicy(1), twoGib / perRow / 3).sampling()).isEqualTo(twoGib);
    assertThat(memory(TinyRun.onPolicy(1), 2 * twoGib / perRow).sampling())
        .isEqualTo(2 * twoGib / perRow * perRow);
    assertThat(memory(TinyRun.settings(1, 2), 100).sampling()).isZero();
  }

  private static MemoryEstimate memory(TrainingSettings settings, long rows) {
    return new TrainingSetup(settings, ModelConfig.read(LLAMA), ENGINE, DType.BFLOAT16, Device.CPU)
        .memory(rows);
  }

  @Test
  void shouldRefuseRunBeyondMemoryWithBothNumbers() {
    ModelConfig config = ModelConfig.read(LLAMA);
    MemoryEstimate estimate =
        MemoryEstimate.of(
            config, DType.BFLOAT16, OptimizerKind.ADAMW, Tuning.FULL, ENGINE, 1_000_000_000);
    assertThatThrownBy(() -> estimate.requireFits(1L << 30))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("1.00 GiB are available")
        .hasMessageContaining(MemoryEstimate.gib(estimate.total()));
  }

  @Test
  void shouldCountSixteenBytesPerParameterOfNarrowModel() {
    ModelConfig config = ModelConfig.read(LLAMA);
    MemoryEstimate estimate =
        MemoryEstimate.of(config, DType.BFLOAT16, OptimizerKind.ADAMW, Tuning.FULL, ENGINE, 1);
    // bfloat16 weights: 2 bytes; float32 gradient, two moments and master copy: 16 more.
    assertThat(estimate.parameters().gradients() + estimate.parameters().optimizer())
        .isEqualTo(8 * estimate.parameters().weights());
  }
}
