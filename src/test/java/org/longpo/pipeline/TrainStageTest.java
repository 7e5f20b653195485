package org.longpo.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.longpo.files.Json;
import org.longpo.objective.Input;
import org.longpo.objective.LongPo;
import org.longpo.objective.NllSpan;
import org.longpo.objective.Sigmoid;
import org.longpo.progress.Cancellation;
import org.longpo.progress.Progress;
import org.longpo.settings.OptionRecords;
import org.longpo.tensor.DType;
import org.longpo.tensor.Device;
import org.longpo.tensor.Libtorch;
import org.longpo.tensor.Scope;
import org.longpo.tensor.Tensor;
import org.longpo.training.LearningRateSchedule;
import org.longpo.training.RandomExamples;
import org.longpo.training.TinyRun;
import org.longpo.training.TrainingSettings;
import org.longpo.training.ValidationSettings;
import tools.jackson.databind.JsonNode;

class TrainStageTest {
  private static final Path LLAMA = Path.of("src/test/resources/models/llama");
  private static final EngineSettings ENGINE = EngineSettings.defaults(KernelChoice.blocked());

  @TempDir Path folder;

  @Test
  void shouldExportTrainedWeightsWithThePolicysPositionEmbedding() {
    List<String> said = new ArrayList<>();
    StageRun run = run(1e6);
    run.run(RandomExamples.data(TinyRun.documents()), listener(said), Cancellation.NEVER);
    try (Checkpoint exported = Checkpoint.open(run.folder().model());
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
    run.run(RandomExamples.data(TinyRun.documents()));
  }

  @Test
  void shouldCountHeldOutDocumentsApartFromThoseItTrainsOn() {
    List<String> said = new ArrayList<>();
    StageRun run = run(1e6);
    new StageRun(
            LLAMA,
            run.home(),
            OptionRecords.with(
                run.settings(),
                "validation",
                new ValidationSettings(0.2, OptionalInt.empty(), false)))
        .run(RandomExamples.data(TinyRun.documents()), listener(said), Cancellation.NEVER);
    assertThat(said)
        .anyMatch(sentence -> sentence.contains("1 of 5 documents are held out"))
        .anyMatch(sentence -> sentence.startsWith("Training on 4 documents"));
  }

  @Test
  void shouldExportAdapterForPeftAndMergeIt() {
    LoraSettings lora = new LoraSettings(2, 6, List.of("q_proj", "up_proj"));
    StageRun run = run(1e6, Tuning.lora(lora), true);
    run.run(RandomExamples.data(TinyRun.documents()));
    JsonNode config =
        Json.read(run.folder().adapter().resolve("adapter_config.json"), JsonNode.class);
    assertThat(config.path("peft_type").asString()).isEqualTo("LORA");
    assertThat(config.path("r").asInt()).isEqualTo(2);
    assertThat(config.path("lora_alpha").asDouble()).isEqualTo(6);
    assertThat(ModelConfig.read(run.folder().adapter()).rope().theta()).isEqualTo(1e6);
    try (Checkpoint merged = Checkpoint.open(run.folder().result(run.settings()));
        Checkpoint source = Checkpoint.open(LLAMA);
        SafetensorsFile adapter =
            SafetensorsFile.open(run.folder().adapter().resolve("adapter_model.safetensors"));
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
    StageRun run = run(1e6, Tuning.lora(lora), false);
    run.run(RandomExamples.data(TinyRun.documents()));
    assertThat(run.folder().result(run.settings())).isEqualTo(run.folder().adapter()).isDirectory();
    assertThat(run.folder().model()).doesNotExist();
  }

  @Test
  void shouldReadAdapterFolderAsTheModelThatWasTrained() {
    LoraSettings lora = new LoraSettings(2, 6, List.of(LoraSettings.ALL_LINEAR));
    StageRun run = run(1e6, Tuning.lora(lora), true);
    run.run(RandomExamples.data(TinyRun.documents()));
    // The same sums in the same type: bit by bit, position embedding included.
    assertThat(logProbs(run.folder().adapter())).containsExactly(logProbs(run.folder().model()));
    assertThat(logProbs(run.folder().adapter())).isNotEqualTo(logProbs(LLAMA));
    ModelConfig read = ModelConfig.read(run.folder().adapter());
    assertThat(read).isEqualTo(ModelConfig.read(run.folder().model()));
    assertThat(read.rope()).isNotEqualTo(ModelConfig.read(LLAMA).rope());
    // It can be trained further, as the whole model that it stands for.
    StageRun further =
        new StageRun(
            run.folder().adapter(),
            folder.resolve("further"),
            OptionRecords.with(run.settings(), "tuning", Tuning.FULL));
    further.run(RandomExamples.data(TinyRun.documents()), Progress.NONE, Cancellation.NEVER);
    assertThat(ModelConfig.read(further.folder().model())).isEqualTo(read);
    assertThat(logProbs(further.folder().model())).isNotEqualTo(logProbs(run.folder().model()));
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
    StageRun run = run(1e6, new Tuning(Optional.empty(), List.of("*norm*", "*.mlp.*")), true);
    run.run(RandomExamples.data(TinyRun.documents()));
    try (Checkpoint exported = Checkpoint.open(run.folder().model());
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
  void shouldComputeTheSameDeterministicallyAndWithOffload() throws IOException {
    StageRun plain = run(1e6);
    plain.run(RandomExamples.data(TinyRun.documents()), Progress.NONE, Cancellation.NEVER);
    List<String> said = new ArrayList<>();
    StageRun other =
        new StageRun(
            LLAMA,
            folder.resolve("other"),
            OptionRecords.with(
                plain.settings(), Map.of("deterministic", true, "offload_optimizer", true)));
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
    Map<String, String> bytes = TinyRun.bytes(other.home());
    Map<String, String> expected = TinyRun.bytes(plain.home());
    assertThat(bytes.keySet()).isEqualTo(expected.keySet());
    bytes.keySet().removeIf(name -> name.matches("(identity|training)\\.json|.*/state\\.json"));
    assertThat(expected).containsAllEntriesOf(bytes);
    plain.run(RandomExamples.data(TinyRun.documents()), Progress.NONE, Cancellation.NEVER);
    assertThat(Libtorch.isDeterministic()).isFalse();
  }

  private StageRun run(double theta) {
    return run(theta, Tuning.FULL, true);
  }

  private StageRun run(double theta, Tuning tuning, boolean merge) {
    TrainingSettings settings =
        OptionRecords.of(
            TrainingSettings.class,
            Map.ofEntries(
                Map.entry(
                    "objective",
                    new LongPo(0.1, 1, Sigmoid.PER_PAIR, NllSpan.WHOLE_SEQUENCE, Input.SHORT)),
                Map.entry("lr_scheduler_type", LearningRateSchedule.CONSTANT),
                Map.entry("warmup_ratio", 0),
                Map.entry("gradient_accumulation_steps", 2),
                Map.entry("rope_theta", theta),
                Map.entry("rope_scaling", "{\"rope_type\": \"linear\", \"factor\": 2}"),
                Map.entry("save_steps", 2),
                Map.entry("max_skipped_steps", 3),
                Map.entry("seed", 1),
                Map.entry("tuning", tuning)));
    return new StageRun(
        LLAMA,
        folder.resolve("run"),
        tuning.lora().isPresent()
            ? OptionRecords.with(settings, "merge_adapter", merge)
            : settings);
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
