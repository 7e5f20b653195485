package org.longpo.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.longpo.engine.TreeExactnessTest.assertClose;
import static org.longpo.engine.TreeExactnessTest.concatenate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.longpo.checkpoint.Checkpoint;
import org.longpo.checkpoint.SafetensorsFile;
import org.longpo.engine.attention.KernelChoice;
import org.longpo.files.Json;
import org.longpo.tensor.DType;
import org.longpo.tensor.Scope;
import org.longpo.tensor.Tensor;
import org.longpo.tree.Targets;
import org.longpo.tree.TokenTree;
import tools.jackson.databind.JsonNode;

/**
 * Random checkpoints of every family and RoPE kind against transformers' results, which
 * references/make_model_golden.py recorded in float64.
 */
class TransformersParityTest {
  private static final Path MODELS = Path.of("src/test/resources/models");

  /**
   * Float32 through two or three layers; relative to the largest value. Held with the blocked
   * kernel: libtorch's flash kernel has an exponential that is off by up to 20 units in the last
   * place.
   */
  private static final double FLOAT32 = 1e-5;

  /**
   * bfloat16 has 8 bits: every rounding is off by up to 2^-9. Both implementations round, at
   * different places, so both are held against float64: over a model's tokens the root mean square
   * of our distance is at most this many times transformers': not a whole bit is lost.
   */
  private static final double BFLOAT16 = 2;

  static Stream<String> models() {
    return Stream.of(
        "llama",
        "llama-tied-mqa",
        "llama-linear",
        "llama-dynamic",
        "llama-yarn",
        "llama-llama3",
        "llama-longrope",
        "mistral",
        "mistral-window",
        "qwen2",
        "qwen2-window",
        "qwen2-yarn",
        "qwen3");
  }

  @ParameterizedTest
  @MethodSource("models")
  void shouldGiveTransformersLogProbsAndGradients(String name) {
    JsonNode golden = golden(name);
    try (Scope ignored = Scope.open();
        Checkpoint checkpoint = Checkpoint.open(MODELS.resolve(name))) {
      LanguageModel model =
          ModelLoader.trainable(
              checkpoint, checkpoint.config(), DType.FLOAT32, RandomModel.device());
      List<double[]> logProbs = new ArrayList<>();
      List<double[]> expected = new ArrayList<>();
      for (JsonNode sequence : golden.get("sequences")) {
        int[] tokens = ints(sequence.get("tokens"));
        TokenTree tree = TokenTree.of(List.of(tokens));
        Targets targets = tree.targets(0, 1, tokens.length);
        try (TreePass pass =
            TreePass.forward(
                model, tree, settings(KernelChoice.blocked()), TreePass.Purpose.TRAIN)) {
          for (var row : sequence.get("logits").properties()) {
            assertClose(
                "logits after " + row.getKey(),
                pass.logits(new int[] {Integer.parseInt(row.getKey())}),
                doubles(row.getValue()),
                FLOAT32);
          }
          logProbs.add(pass.backward(targets, doubles(sequence.get("weights"))));
          expected.add(doubles(sequence.get("log_probs").get("float64")));
        }
      }
      assertClose("log-probabilities", concatenate(logProbs), concatenate(expected), FLOAT32);
      try (SafetensorsFile gradients =
          SafetensorsFile.open(MODELS.resolve(name).resolve("gradients.safetensors"))) {
        assertThat(model.parameters().keySet()).isEqualTo(gradients.tensors().keySet());
        gradients
            .tensors()
            .forEach(
                (parameter, entry) ->
                    assertClose(
                        parameter,
                        parameter(model, parameter).gradient().toDoubles(),
                        Tensor.ofMemory(entry.data(), DType.FLOAT32, entry.shape()).toDoubles(),
                        FLOAT32));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void shouldContinueGreedilyAsTransformersDoes(String name) {
    try (Scope ignored = Scope.open();
        Checkpoint checkpoint = Checkpoint.open(MODELS.resolve(name))) {
      LanguageModel model =
          ModelLoader.frozen(checkpoint, checkpoint.config(), DType.FLOAT32, RandomModel.device());
      Generator generator =
          new Generator(model, settings(KernelChoice.flash()).withPrefillTokens(4));
      for (JsonNode greedy : golden(name).get("greedy")) {
        int[] expected = ints(greedy.get("continuation"));
        List<Generated> drawn =
            generator.generate(
                List.of(ints(greedy.get("prompt"))),
                Sampling.greedy(),
                new long[] {0},
                expected.length,
                new int[0]);
        assertThat(drawn.getFirst().tokens()).isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void shouldBeAsExactAsTransformersInBfloat16(String name) {
    JsonNode golden = golden(name);
    try (Scope ignored = Scope.open();
        Checkpoint checkpoint = Checkpoint.open(MODELS.resolve(name))) {
      LanguageModel model =
          ModelLoader.frozen(checkpoint, checkpoint.config(), DType.BFLOAT16, RandomModel.device());
      for (KernelChoice kernels : List.of(KernelChoice.flash(), KernelChoice.blocked())) {
        double ours = 0;
        double theirs = 0;
        for (JsonNode sequence : golden.get("sequences")) {
          int[] tokens = ints(sequence.get("tokens"));
          double[] read =
              new Scorer(model, settings(kernels))
                  .logProbs(List.of(tokens), new int[] {1})
                  .getFirst();
          JsonNode logProbs = sequence.get("log_probs");
          double[] exact = doubles(logProbs.get("float64"));
          ours += squaredDistance(read, exact);
          theirs += squaredDistance(doubles(logProbs.get("bfloat16")), exact);
        }
        assertThat(Math.sqrt(ours)).isLessThan(BFLOAT16 * Math.sqrt(theirs));
      }
    }
  }

  private static double squaredDistance(double[] one, double[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += (one[i] - other[i]) * (one[i] - other[i]);
    }
    return sum;
  }

  private static EngineSettings settings(KernelChoice kernels) {
    return EngineSettings.defaults(kernels).withTileTokens(16).withHeadTileRows(8);
  }

  private static Parameter parameter(LanguageModel model, String name) {
    return java.util.Objects.requireNonNull(model.parameters().get(name));
  }

  private static JsonNode golden(String name) {
    return Json.read(MODELS.resolve(name).resolve("golden.json"), JsonNode.class);
  }

  private static int[] ints(JsonNode array) {
    return Arrays.stream(doubles(array)).mapToInt(x -> (int) x).toArray();
  }

  private static double[] doubles(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .mapToDouble(JsonNode::asDouble)
        .toArray();
  }
}
