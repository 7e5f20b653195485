package org.longpo.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.longpo.checkpoint.Activation;
import org.longpo.checkpoint.ElementType;
import org.longpo.checkpoint.ExpectedTensors;
import org.longpo.checkpoint.LayerType;
import org.longpo.checkpoint.ModelConfig;
import org.longpo.checkpoint.Norms;
import org.longpo.checkpoint.RopeSettings;
import org.longpo.checkpoint.families.Llama;
import org.longpo.engine.EngineSettings;
import org.longpo.engine.LanguageModel;
import org.longpo.engine.LoraSettings;
import org.longpo.engine.RandomModel;
import org.longpo.engine.Tuning;
import org.longpo.engine.attention.KernelProbe;
import org.longpo.files.StageIdentity;
import org.longpo.objective.Input;
import org.longpo.objective.Reading;
import org.longpo.objective.Response;
import org.longpo.progress.Cancellation;
import org.longpo.progress.Progress;
import org.longpo.settings.OptionRecords;
import org.longpo.tensor.DType;
import org.longpo.tensor.Device;
import org.longpo.tensor.GemmRate;
import org.longpo.tensor.Scope;
import org.longpo.tensor.Tensor;

/** Trains a model of 20 million weights on 3,000 tokens and prints what memory that took. */
public final class MemoryRun {
  private static final int DOCUMENT_TOKENS = 3000;
  private static final int ANSWER_TOKENS = 100;

  private MemoryRun() {}

  /** Type of the weights, full or lora, folder. */
  public static void main(String[] arguments) throws IOException {
    DType dtype = DType.valueOf(arguments[0]);
    Tuning tuning =
        arguments[1].equals("lora")
            ? Tuning.lora(new LoraSettings(8, 16, List.of(LoraSettings.ALL_LINEAR)))
            : Tuning.FULL;
    TrainingSettings settings = OptionRecords.with(TinyRun.settings(2, 1), "tuning", tuning);
    ModelConfig config = config();
    EngineSettings engine =
        EngineSettings.defaults(KernelProbe.ofUser().choose(dtype, Device.CPU, config.headDim()));
    // The library and its threads are there before the available memory is asked for, too.
    GemmRate.ofMachine(dtype, Device.CPU);
    System.gc();
    long before = status("VmRSS:");
    try (Scope ignored = Scope.open()) {
      LanguageModel model = RandomModel.of(config, weights(config, dtype), tuning);
      TrainingData data = RandomExamples.data(List.of(example(config.vocabularySize())));
      MemoryEstimate estimate =
          MemoryEstimate.of(
              config,
              dtype,
              settings.optimizer().optim(),
              tuning,
              engine,
              data.scale().largestForest());
      Trainer.train(
          TrainingModels.of(model),
          data,
          settings,
          engine,
          new TrainingJob(
              new TrainingFolder(Path.of(arguments[2]).resolve("run")), StageIdentity.of("train")),
          Progress.NONE,
          Cancellation.NEVER);
      System.out.println(
          "heap="
              + (Runtime.getRuntime().totalMemory() >> 20)
              + " estimate="
              + estimate.total()
              + " grown="
              + (status("VmHWM:") - before)
              + " "
              + estimate);
    }
  }

  private static long status(String key) throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith(key))
        .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }

  private static ModelConfig config() {
    int layers = 4;
    return new ModelConfig(
        new Llama(),
        new ModelConfig.Vocabulary(16_384, /* tiedEmbeddings= */ true),
        new ModelConfig.Blocks(
            layers,
            /* hiddenSize= */ 512,
            /* intermediateSize= */ 1408,
            Norms.ofLlama(1e-6),
            ModelConfig.Biases.NONE,
            Activation.SILU),
        new ModelConfig.Attention(
            /* heads= */ 8,
            /* keyValueHeads= */ 4,
            /* headDim= */ 64,
            ModelConfig.Attention.scaleOf(64),
            /* queryKeyNorm= */ false,
            OptionalInt.empty(),
            Collections.nCopies(layers, LayerType.FULL_ATTENTION)),
        new ModelConfig.Positions(RopeSettings.unscaled(10_000), 4096),
        Optional.of(ElementType.F32));
  }

  /** Small weights, a weight at a time: the process must not have been larger before. */
  private static Map<String, Tensor> weights(ModelConfig config, DType dtype) {
    Map<String, Tensor> weights = new LinkedHashMap<>();
    for (var expected : ExpectedTensors.of(config)) {
      long[] shape = expected.dimensions().stream().mapToLong(Long::longValue).toArray();
      double value = expected.name().contains("norm") ? 1 : 0.01;
      weights.put(expected.name(), Tensor.full(value, dtype, Device.CPU, shape));
    }
    return weights;
  }

  /** One pair about one long document. */
  private static TrainingExample example(int vocabulary) {
    Random random = new Random(1);
    int[] document = random.ints(DOCUMENT_TOKENS, 0, vocabulary).toArray();
    List<int[]> sequences = new ArrayList<>();
    List<ResponseSpan> spans = new ArrayList<>();
    Map<Reading, double[]> references = new EnumMap<>(Reading.class);
    for (Response response : Response.values()) {
      double[] logProbs = new double[ANSWER_TOKENS];
      Arrays.fill(logProbs, -3);
      references.put(Reading.reference(Input.SHORT, response), logProbs);
      spans.add(
          new ResponseSpan(
              0,
              Reading.policy(Input.LONG, response),
              sequences.size(),
              DOCUMENT_TOKENS,
              DOCUMENT_TOKENS + ANSWER_TOKENS));
      sequences.add(
          RandomExamples.join(document, random.ints(ANSWER_TOKENS, 0, vocabulary).toArray()));
    }
    return new TrainingExample(
        "document", sequences, spans, List.of(0), List.of(references), List.of());
  }
}
