package org.longpo.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.checkpoint.Checkpoint;
import org.longpo.checkpoint.ModelConfig;
import org.longpo.checkpoint.RopeScaling;
import org.longpo.checkpoint.RopeSettings;
import org.longpo.checkpoint.SafetensorsFile;
import org.longpo.checkpoint.TensorEntry;
import org.longpo.engine.EngineSettings;
import org.longpo.engine.LoraSettings;
import org.longpo.engine.ModelLoader;
import org.longpo.engine.Scorer;
import org.longpo.engine.Tuning;
import org.longpo.engine.attention.KernelChoice;
import org.longpo.error.UserError;
import org.longpo.files.Json;
import org.longpo.objective.Input;
import org.longpo.objective.LongPo;
import org.longpo.objective.NllSpan;
import org.longpo.objective.Sigmoid;
import org.longpo.progress.Cancellation;
import org.longpo.progress.Progress;
import org.longpo.tensor.DType;
import org.longpo.tensor.Device;
import org.longpo.tensor.Libtorch;
import org.longpo.tensor.Scope;
import org.longpo.tensor.Tensor;
import tools.jackson.databind.JsonNode;

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
  void shouldCountHeldOutDocumentsApartFromThoseItTrainsOn() {
    List<String> said = new ArrayList<>();
    TrainingRun run = run(1e6);
    new TrainingRun(
            LLAMA,
            run.folder(),
            run.settings().withEvaluation(new EvaluationSettings(0.2, OptionalInt.empty(), false)),
            run.execution(),
            DType.FLOAT32,
            Device.CPU)
        .run(RandomExamples.data(TinyRun.documents()), listener(said), Cancellation.NEVER);
    assertThat(said)
        .anyMatch(sentence -> sentence.contains("1 of 5 documents are held out"))
        .anyMatch(sentence -> sentence.startsWith("Training on 4 documents"));
  }

  @Test
  void shouldExportAdapterForPeftAndMergeIt() {
    LoraSettings lora = new LoraSettings(2, 6, List.of("q_proj", "up_proj"));
    TrainingRun run = run(1e6, Tuning.lora(lora), true);
    run.run(RandomExamples.data(TinyRun.documents()), Progress.NONE, Cancellation.NEVER);
    JsonNode config = Json.read(run.adapter().resolve("adapter_config.json"), JsonNode.class);
    assertThat(config.path("peft_type").asString()).isEqualTo("LORA");
    assertThat(config.path("r").asInt()).isEqualTo(2);
    assertThat(config.path("lora_alpha").asDouble()).isEqualTo(6);
    assertThat(ModelConfig.read(run.adapter()).rope().theta()).isEqualTo(1e6);
    try (Checkpoint merged = Checkpoint.open(run.result());
        Checkpoint source = Checkpoint.open(LLAMA);
        SafetensorsFile adapter =
            SafetensorsFile.open(run.adapter().resolve("adapter_model.safetensors"));
        Scope ignored = Scope.open()) {
      assertThat(merged.config().rope().theta()).isEqualTo(1e6);
      for (String name : source.names()) {
        float[] before = floats(source.tensor(name));
        float[] after = floats(merged.tensor(name));
        String module = "base_model.model." + name.replaceAll("\\.weight$", "");
        TensorEntry a = adapter.tensors().get(module + ".lora_A.weight");
        TensorEntry b = adapter.tensors().get(module + ".lora_B.weight");
        assertThat(a != null).as(name).isEqualTo(name.matches(".*(q|up)_proj.weight"));
        if (a == null || b == null) {
          assertThat(after).as(name).isEqualTo(before);
          continue;
        }
        float[] left = floats(b);
        float[] right = floats(a);
        int inputs = (int) a.shape()[1];
        assertThat(after).as(name).isNotEqualTo(before);
        for (int i = 0; i < after.length; i++) {
          double sum = before[i];
          for (int r = 0; r < 2; r++) {
            sum += 6.0 / 2 * left[i / inputs * 2 + r] * right[r * inputs + i % inputs];
          }
          // A few roundings of numbers of size one in float32.
          assertThat((double) after[i]).as(name).isCloseTo(sum, within(1e-6));
        }
      }
    }
  }

  @Test
  void shouldExportAdapterAloneIfNotMerged() {
    LoraSettings lora = new LoraSettings(2, 6, List.of(LoraSettings.ALL_LINEAR));
    TrainingRun run = run(1e6, Tuning.lora(lora), false);
    run.run(RandomExamples.data(TinyRun.documents()), Progress.NONE, Cancellation.NEVER);
    assertThat(run.result()).isEqualTo(run.adapter()).isDirectory();
    assertThat(run.model()).doesNotExist();
  }

  @Test
  void shouldReadAdapterFolderAsTheModelThatWasTrained() {
    LoraSettings lora = new LoraSettings(2, 6, List.of(LoraSettings.ALL_LINEAR));
    TrainingRun run = run(1e6, Tuning.lora(lora), true);
    run.run(RandomExamples.data(TinyRun.documents()), Progress.NONE, Cancellation.NEVER);
    // The same sums in the same type: bit by bit, position embedding included.
    assertThat(logProbs(run.adapter())).containsExactly(logProbs(run.model()));
    assertThat(logProbs(run.adapter())).isNotEqualTo(logProbs(LLAMA));
    ModelConfig read = ModelConfig.read(run.adapter());
    assertThat(read).isEqualTo(ModelConfig.read(run.model()));
    assertThat(read.rope()).isNotEqualTo(ModelConfig.read(LLAMA).rope());
    // It can be trained further, as the whole model that it stands for.
    TrainingRun further =
        new TrainingRun(
            run.adapter(),
            folder.resolve("further"),
            run.settings().withTuning(Tuning.FULL, true),
            run.execution(),
            DType.FLOAT32,
            Device.CPU);
    further.run(RandomExamples.data(TinyRun.documents()), Progress.NONE, Cancellation.NEVER);
    assertThat(ModelConfig.read(further.model())).isEqualTo(read);
    assertThat(logProbs(further.model())).isNotEqualTo(logProbs(run.model()));
  }

  private static double[] logProbs(Path model) {
    try (Checkpoint checkpoint = Checkpoint.open(model);
        Scope ignored = Scope.open()) {
      return new Scorer(
              ModelLoader.frozen(checkpoint, checkpoint.config(), DType.FLOAT32, Device.CPU),
              ENGINE)
          .logProbs(List.of(new int[] {3, 60, 7, 22, 41, 5, 5, 19, 33, 2}), new int[] {1})
          .getFirst();
    }
  }

  @Test
  void shouldKeepFrozenWeightsBitByBit() {
    TrainingRun run = run(1e6, new Tuning(Optional.empty(), List.of("*norm*", "*.mlp.*")), true);
    run.run(RandomExamples.data(TinyRun.documents()), Progress.NONE, Cancellation.NEVER);
    try (Checkpoint exported = Checkpoint.open(run.model());
        Checkpoint source = Checkpoint.open(LLAMA)) {
      for (String name : source.names()) {
        boolean same = exported.tensor(name).data().mismatch(source.tensor(name).data()) == -1;
        assertThat(same).as(name).isEqualTo(name.contains("norm") || name.contains(".mlp."));
      }
    }
  }

  private static float[] floats(TensorEntry entry) {
    return Tensor.ofMemory(entry.data(), ModelLoader.dtypeOf(entry.type()), entry.shape())
        .toFloats();
  }

  @Test
  void shouldNeedLittleMemoryForAdapters() {
    ModelConfig config = ModelConfig.read(LLAMA);
    Tuning lora = Tuning.lora(new LoraSettings(1, 1, List.of("q_proj")));
    MemoryEstimate whole =
        MemoryEstimate.of(config, DType.BFLOAT16, OptimizerKind.ADAMW, Tuning.FULL, ENGINE, 1);
    MemoryEstimate adapters =
        MemoryEstimate.of(config, DType.BFLOAT16, OptimizerKind.ADAMW, lora, ENGINE, 1);
    long added = adapters.weights() - whole.weights();
    assertThat(added).isPositive();
    // bfloat16 adapters: 2 bytes; their gradients, moments and master copies: 16 more.
    assertThat(adapters.gradients() + adapters.optimizer()).isEqualTo(8 * added);
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
    OptimizerSettings elsewhere = here.withOffloadOptimizer(true);
    assertThat(all.on(Device.CUDA, here)).isEqualTo(all);
    assertThat(all.on(Device.CPU, elsewhere)).isEqualTo(all);
    assertThat(all.on(Device.CUDA, elsewhere).total()).isEqualTo(all.total() - all.optimizer());
    // What evolve asks for before it makes pairs is what train asks for when it has them.
    TrainingRun run =
        new TrainingRun(
            LLAMA,
            folder,
            TinyRun.settings(1, 1).withOptimizer(elsewhere),
            ExecutionSettings.of(ENGINE),
            DType.BFLOAT16,
            Device.CUDA);
    assertThat(run.memory(ModelConfig.read(LLAMA), 1_000_000))
        .isEqualTo(all.on(Device.CUDA, elsewhere));
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
    assertThat(estimate.gradients() + estimate.optimizer()).isEqualTo(8 * estimate.weights());
  }

  @Test
  void shouldComputeTheSameDeterministicallyAndWithOffload() throws IOException {
    TrainingRun plain = run(1e6);
    plain.run(RandomExamples.data(TinyRun.documents()), Progress.NONE, Cancellation.NEVER);
    List<String> said = new ArrayList<>();
    TrainingRun other =
        new TrainingRun(
            LLAMA,
            folder.resolve("other"),
            plain
                .settings()
                .withDeterministic(true)
                .withOptimizer(plain.settings().optimizer().withOffloadOptimizer(true)),
            plain.execution(),
            DType.FLOAT32,
            Device.CPU);
    AtomicBoolean deterministic = new AtomicBoolean();
    other.run(
        RandomExamples.data(TinyRun.documents()),
        listener(said),
        () -> {
          deterministic.set(Libtorch.isDeterministic());
          return false;
        });
    assertThat(deterministic).isTrue();
    assertThat(said).anyMatch(sentence -> sentence.contains("offload_optimizer has no effect"));
    // All but what names the settings.
    Map<String, String> bytes = TinyRun.bytes(other.folder());
    Map<String, String> expected = TinyRun.bytes(plain.folder());
    assertThat(bytes.keySet()).isEqualTo(expected.keySet());
    bytes.keySet().removeIf(name -> name.matches("(identity|training)\\.json|.*/state\\.json"));
    assertThat(expected).containsAllEntriesOf(bytes);
    plain.run(RandomExamples.data(TinyRun.documents()), Progress.NONE, Cancellation.NEVER);
    assertThat(Libtorch.isDeterministic()).isFalse();
  }

  private TrainingRun run(double theta) {
    return run(theta, Tuning.FULL, true);
  }

  private TrainingRun run(double theta, Tuning tuning, boolean merge) {
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
        LLAMA,
        folder.resolve("run"),
        settings.withTuning(tuning, merge),
        ExecutionSettings.of(ENGINE).withPeakFlops(1e12),
        DType.FLOAT32,
        Device.CPU);
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
