package org.longpo.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.checkpoint.Checkpoint;
import org.longpo.checkpoint.CommonKeys;
import org.longpo.checkpoint.ConfigObject;
import org.longpo.checkpoint.ElementType;
import org.longpo.checkpoint.LayerType;
import org.longpo.checkpoint.ModelConfig;
import org.longpo.checkpoint.ModelFamily;
import org.longpo.checkpoint.Norms;
import org.longpo.checkpoint.OutputTensor;
import org.longpo.checkpoint.RopeConfig;
import org.longpo.checkpoint.SafetensorsWriter;
import org.longpo.checkpoint.families.ModelFamilies;
import org.longpo.engine.attention.KernelChoice;
import org.longpo.error.UserError;
import org.longpo.tensor.AutogradReference;
import org.longpo.tensor.DType;
import org.longpo.tensor.Scope;
import org.longpo.tensor.Tensor;
import org.longpo.tree.TokenTree;

/**
 * A family of this file alone, which differs from the others by a norm, a bias and a key, is
 * opened, read and trained like any other.
 */
class ToyFamilyTest {
  /** Llama with a norm after attention instead of before it, and a bias in its output alone. */
  record Toy() implements ModelFamily {
    @Override
    public String modelType() {
      return "toy";
    }

    @Override
    public String architecture() {
      return "ToyForCausalLM";
    }

    @Override
    public ModelConfig read(ConfigObject config) {
      CommonKeys keys = new CommonKeys(config);
      int layers = keys.layers(2);
      int heads = config.positiveOr("num_attention_heads", 4);
      int headDim = keys.headDim(config.positiveOr("hidden_size", 16) / heads);
      return new ModelConfig(
          this,
          new ModelConfig.Vocabulary(
              config.positiveOr("vocab_size", 31),
              /* tiedEmbeddings= */ false,
              config.requiredDouble("embedding_multiplier")),
          new ModelConfig.Blocks(
              layers,
              heads * headDim,
              config.positiveOr("intermediate_size", 24),
              new Norms(
                  1e-6,
                  /* weightOffset= */ 0,
                  /* roundedOnce= */ false,
                  new Norms.Places(
                      Optional.empty(),
                      Optional.of("attention_norm"),
                      Optional.of("mlp_norm"),
                      Optional.empty())),
              new ModelConfig.Biases(false, /* output= */ true, false),
              keys.activation("activation", config.stringOr("activation", "silu"))),
          new ModelConfig.Attention(
              heads,
              keys.keyValueHeads(2, heads),
              headDim,
              ModelConfig.Attention.scaleOf(headDim),
              /* queryKeyNorm= */ false,
              OptionalInt.empty(),
              Collections.nCopies(layers, LayerType.FULL_ATTENTION)),
          new ModelConfig.Positions(RopeConfig.read(config, headDim, 64), 64),
          keys.dtype());
    }
  }

  private static final ModelFamilies FAMILIES = ModelFamilies.ALL.with(new Toy());

  @TempDir Path folder;

  @Test
  void shouldOpenReadAndTrainWrittenCheckpoint() throws IOException {
    writeConfig("\"embedding_multiplier\": 3.5");
    ModelConfig config = ModelConfig.read(folder, FAMILIES);
    Random random = new Random(1);
    int[] tokens = random.ints(13, 0, config.vocabularySize()).toArray();
    double[] coefficients = random.doubles(12, -1, 1).toArray();
    try (Scope ignored = Scope.open()) {
      Map<String, Tensor> weights = RandomModel.weights(config, DType.FLOAT64, 5);
      assertThat(weights)
          .containsKeys(
              "model.layers.1.attention_norm.weight",
              "model.layers.1.mlp_norm.weight",
              "model.layers.1.self_attn.o_proj.bias")
          .doesNotContainKey("model.layers.1.input_layernorm.weight");
      writeWeights(weights);
      AutogradReference reference = RandomModel.reference(config, weights);
      double[] expected = reference.logProbs(tokens, coefficients);
      try (Checkpoint checkpoint = Checkpoint.open(folder, FAMILIES)) {
        LanguageModel model =
            ModelLoader.trainable(
                checkpoint, checkpoint.config(), DType.FLOAT64, RandomModel.device());
        TokenTree tree = TokenTree.of(List.of(tokens));
        try (TreePass pass =
            TreePass.forward(
                model,
                tree,
                EngineSettings.defaults(KernelChoice.blocked()),
                TreePass.Purpose.TRAIN)) {
          double[] read = pass.backward(tree.targets(0, 1, tokens.length), coefficients);
          // Rounding as in TreeExactnessTest.
          TreeExactnessTest.assertClose("log-probabilities", read, expected, 1e-10);
        }
        Map<String, double[]> gradients = reference.gradients();
        model
            .parameters()
            .forEach(
                (name, parameter) ->
                    TreeExactnessTest.assertClose(
                        name,
                        parameter.gradient().toDoubles(),
                        Objects.requireNonNull(gradients.get(name)),
                        1e-10));
      }
    }
  }

  @Test
  void shouldNameItsKeysAndItselfInErrors() throws IOException {
    writeConfig("\"activation\": \"silu\"");
    assertThatThrownBy(() -> ModelConfig.read(folder, FAMILIES))
        .isInstanceOf(UserError.class)
        .hasMessageEndingWith("config.json lacks embedding_multiplier.");
    assertThatThrownBy(() -> ModelConfig.read(folder))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("the architecture ToyForCausalLM (model_type toy), which is not");
    Files.writeString(folder.resolve("config.json"), "{}");
    assertThatThrownBy(() -> ModelConfig.read(folder, FAMILIES))
        .isInstanceOf(UserError.class)
        .hasMessageEndingWith(", ToyForCausalLM.");
  }

  private void writeConfig(String more) throws IOException {
    Files.writeString(
        folder.resolve("config.json"),
        "{\"model_type\": \"toy\", \"architectures\": [\"ToyForCausalLM\"], " + more + "}");
  }

  private void writeWeights(Map<String, Tensor> weights) throws IOException {
    SafetensorsWriter.write(
        folder.resolve("model.safetensors"),
        weights.entrySet().stream()
            .map(
                weight ->
                    new OutputTensor(
                        weight.getKey(),
                        ElementType.F64,
                        Arrays.stream(weight.getValue().shape()).boxed().toList(),
                        sink -> sink.accept(weight.getValue().contiguous().memory())))
            .toList());
  }
}
