package org.longpo.engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.longpo.checkpoint.Checkpoint;
import org.longpo.checkpoint.SafetensorsFile;
import org.longpo.engine.attention.KernelChoice;
import org.longpo.files.Json;
import org.longpo.settings.OptionRecords;
import org.longpo.tensor.DType;
import org.longpo.tensor.Scope;
import org.longpo.tensor.Tensor;
import org.longpo.tree.Targets;
import org.longpo.tree.TokenTree;
import tools.jackson.databind.JsonNode;

/**
 * A random checkpoint with transformers' results, which references/make_model_golden.py recorded in
 * float64, and how far ours are from them.
 *
 * @param folder the checkpoint
 * @param json its golden.json
 */
public record TransformersGolden(Path folder, JsonNode json) {
  public static TransformersGolden read(Path folder) {
    return new TransformersGolden(folder, Json.read(folder.resolve("golden.json"), JsonNode.class));
  }

  /**
   * Largest differences from float64, each relative to the largest value that it is among.
   *
   * @param logits of whole rows
   * @param logProbs over all tokens of all sequences
   * @param gradients the worst parameter's
   * @param worstParameter its name
   */
  public record Errors(double logits, double logProbs, double gradients, String worstParameter) {}

  /**
   * Root mean squares of the distance of log-probabilities from float64, in nats.
   *
   * @param ours this engine's
   * @param theirs transformers'
   */
  public record Distances(double ours, double theirs) {}

  /** Logits, log-probabilities and gradients in float32. */
  public Errors float32(KernelChoice kernels) {
    try (Scope ignored = Scope.open();
        Checkpoint checkpoint = Checkpoint.open(folder)) {
      LanguageModel model =
          ModelLoader.trainable(
              checkpoint, checkpoint.config(), DType.FLOAT32, RandomModel.device());
      double logits = 0;
      List<double[]> logProbs = new ArrayList<>();
      List<double[]> expected = new ArrayList<>();
      for (JsonNode sequence : json.get("sequences")) {
        int[] tokens = ints(sequence.get("tokens"));
        TokenTree tree = TokenTree.of(List.of(tokens));
        Targets targets = tree.targets(0, 1, tokens.length);
        try (TreePass pass =
            TreePass.forward(model, tree, settings(kernels), TreePass.Purpose.TRAIN)) {
          for (var row : sequence.get("logits").properties()) {
            double[] read = pass.logits(new int[] {Integer.parseInt(row.getKey())});
            logits = Math.max(logits, relative(read, doubles(row.getValue())));
          }
          logProbs.add(pass.backward(targets, doubles(sequence.get("weights"))));
          expected.add(doubles(sequence.get("log_probs").get("float64")));
        }
      }
      double ofLogProbs =
          relative(
              TreeExactnessTest.concatenate(logProbs), TreeExactnessTest.concatenate(expected));
      return withGradients(model, logits, ofLogProbs);
    }
  }

  private Errors withGradients(LanguageModel model, double logits, double logProbs) {
    try (SafetensorsFile gradients =
        SafetensorsFile.open(folder.resolve("gradients.safetensors"))) {
      if (!model.parameters().keySet().equals(gradients.tensors().keySet())) {
        throw new AssertionError(
            model.parameters().keySet() + " instead of " + gradients.tensors().keySet());
      }
      double worst = 0;
      String name = "";
      for (var entry : gradients.tensors().values()) {
        Tensor ours = Objects.requireNonNull(model.parameters().get(entry.name())).gradient();
        Tensor theirs = Tensor.ofMemory(entry.data(), DType.FLOAT32, entry.shape());
        double error = relative(ours.toDoubles(), theirs.toDoubles());
        if (error >= worst) {
          worst = error;
          name = entry.name();
        }
      }
      return new Errors(logits, logProbs, worst, name);
    }
  }

  /** Log-probabilities in bfloat16. */
  public Distances bfloat16(KernelChoice kernels) {
    try (Scope ignored = Scope.open();
        Checkpoint checkpoint = Checkpoint.open(folder)) {
      LanguageModel model =
          ModelLoader.frozen(checkpoint, checkpoint.config(), DType.BFLOAT16, RandomModel.device());
      double ours = 0;
      double theirs = 0;
      int tokens = 0;
      for (JsonNode sequence : json.get("sequences")) {
        double[] read =
            new Scorer(model, settings(kernels))
                .logProbs(List.of(ints(sequence.get("tokens"))), new int[] {1})
                .getFirst();
        JsonNode logProbs = sequence.get("log_probs");
        double[] exact = doubles(logProbs.get("float64"));
        ours += squaredDistance(read, exact);
        theirs += squaredDistance(doubles(logProbs.get("bfloat16")), exact);
        tokens += exact.length;
      }
      return new Distances(Math.sqrt(ours / tokens), Math.sqrt(theirs / tokens));
    }
  }

  /**
   * A greedy continuation.
   *
   * @param ours this engine's, in float32 and with a key/value cache
   * @param theirs transformers', in float64 and without
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Continuation(int[] ours, int[] theirs) {
    public boolean isEqual() {
      return Arrays.equals(ours, theirs);
    }
  }

  /** The greedy continuations. */
  public List<Continuation> greedy(KernelChoice kernels) {
    try (Scope ignored = Scope.open();
        Checkpoint checkpoint = Checkpoint.open(folder)) {
      LanguageModel model =
          ModelLoader.frozen(checkpoint, checkpoint.config(), DType.FLOAT32, RandomModel.device());
      Generator generator = new Generator(model, withPrefill(settings(kernels)));
      List<Continuation> continuations = new ArrayList<>();
      for (JsonNode greedy : json.get("greedy")) {
        int[] expected = ints(greedy.get("continuation"));
        int[] drawn =
            generator
                .generate(
                    List.of(new GenerationRequest(ints(greedy.get("prompt")), 0)),
                    Sampling.greedy(),
                    expected.length,
                    new int[0])
                .getFirst()
                .tokens();
        continuations.add(new Continuation(drawn, expected));
      }
      return continuations;
    }
  }

  /** Tiles far smaller than a sequence, so that their borders are crossed. */
  private static EngineSettings withPrefill(EngineSettings settings) {
    return settings.with(OptionRecords.with(settings.options(), "prefill_tokens", 4));
  }

  private static EngineSettings settings(KernelChoice kernels) {
    return EngineSettings.defaults(kernels)
        .with(
            OptionRecords.of(EngineOptions.class, Map.of("tile_tokens", 16, "head_tile_rows", 8)));
  }

  private static double relative(double[] actual, double[] expected) {
    if (actual.length != expected.length) {
      throw new AssertionError(actual.length + " values instead of " + expected.length);
    }
    double scale = Arrays.stream(expected).map(Math::abs).max().orElse(0);
    double worst = 0;
    for (int i = 0; i < actual.length; i++) {
      // Math.max passes a NaN on.
      worst = Math.max(worst, Math.abs(actual[i] - expected[i]));
    }
    return worst / scale;
  }

  private static double squaredDistance(double[] one, double[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += (one[i] - other[i]) * (one[i] - other[i]);
    }
    return sum;
  }

  public static int[] ints(JsonNode array) {
    return Arrays.stream(doubles(array)).mapToInt(x -> (int) x).toArray();
  }

  private static double[] doubles(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .mapToDouble(JsonNode::asDouble)
        .toArray();
  }
}
