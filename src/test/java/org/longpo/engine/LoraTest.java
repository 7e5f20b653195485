package org.longpo.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.longpo.checkpoint.ModelConfig;
import org.longpo.engine.attention.KernelChoice;
import org.longpo.error.UserError;
import org.longpo.settings.OptionRecords;
import org.longpo.tensor.AutogradReference;
import org.longpo.tensor.DType;
import org.longpo.tensor.Scope;
import org.longpo.tensor.Tensor;
import org.longpo.tree.Targets;
import org.longpo.tree.TokenTree;

class LoraTest {
  private static final LoraSettings ALL = new LoraSettings(3, 5, List.of(LoraSettings.ALL_LINEAR));

  /** With biases and head norms: every way a projection is used. */
  private static final ModelConfig CONFIG = RandomModel.config(4, 2, false, true, true, 0);

  /**
   * An adapter beside W is the weight W + scale B A: log-probabilities are its, and by the chain
   * rule the gradients are scale B^T dW for A and scale dW A^T for B.
   */
  @ParameterizedTest
  @EnumSource(names = {"FLOAT64", "FLOAT32"})
  void shouldEqualMergedWeightUnderAutograd(DType dtype) {
    checkAgainstMergedWeight(CONFIG, dtype);
    checkAgainstMergedWeight(RandomModel.gemma3(/* tied= */ true), dtype);
  }

  private static void checkAgainstMergedWeight(ModelConfig config, DType dtype) {
    // Rounding as in TreeExactnessTest; two products more on the way.
    double tolerance = dtype == DType.FLOAT64 ? 1e-10 : 2e-5;
    try (Scope ignored = Scope.open()) {
      Map<String, Tensor> weights = RandomModel.weights(config, dtype, 5);
      LanguageModel model = RandomModel.of(config, weights, Tuning.lora(ALL));
      fillAdapters(model);
      Map<String, Tensor> merged = merged(model, weights);
      AutogradReference reference = RandomModel.reference(config, merged);
      Random random = new Random(2);
      int[] tokens = random.ints(17, 0, config.vocabularySize()).toArray();
      double[] coefficients = random.doubles(16, -1, 1).toArray();
      double[] expected = reference.logProbs(tokens, coefficients);

      double[] read = backward(model, tokens, coefficients);
      TreeExactnessTest.assertClose("log-probabilities", read, expected, tolerance);
      Map<String, double[]> gradients = reference.gradients();
      model
          .parameters()
          .forEach(
              (name, parameter) -> {
                boolean adapter = name.contains(".lora_");
                assertThat(parameter.isTrained()).as(name).isEqualTo(adapter);
                if (adapter) {
                  TreeExactnessTest.assertClose(
                      name,
                      parameter.gradient().toDoubles(),
                      expectedGradient(model, name, gradients),
                      tolerance);
                }
              });
      assertThat(model.trainedParameters()).hasSize(2 * 7 * config.layers());
    }
  }

  /** The very same numbers: nothing is added, not even zeros. */
  @Test
  void shouldBeItsBaseWithoutAdapters() {
    try (Scope ignored = Scope.open()) {
      Map<String, Tensor> weights = RandomModel.weights(CONFIG, DType.FLOAT32, 5);
      LanguageModel adapted = RandomModel.of(CONFIG, weights, Tuning.lora(ALL));
      fillAdapters(adapted);
      LanguageModel base = RandomModel.of(CONFIG, weights);
      EngineSettings engine = EngineSettings.defaults(KernelChoice.blocked());
      List<int[]> sequences = List.of(new int[] {3, 1, 4, 1, 5, 9, 2, 6});
      double[] expected = new Scorer(base, engine).logProbs(sequences, new int[] {1}).getFirst();
      LanguageModel without = adapted.withoutAdapters();
      assertThat(new Scorer(without, engine).logProbs(sequences, new int[] {1}).getFirst())
          .containsExactly(expected);
      assertThat(new Scorer(adapted, engine).logProbs(sequences, new int[] {1}).getFirst())
          .isNotEqualTo(expected);
      assertThat(without.parameters().keySet()).isEqualTo(base.parameters().keySet());
      assertThat(without.trainedParameters()).isEmpty();
    }
  }

  @Test
  void shouldLeaveModelUnchangedBeforeFirstUpdate() {
    try (Scope ignored = Scope.open()) {
      Map<String, Tensor> weights = RandomModel.weights(CONFIG, DType.FLOAT32, 5);
      int[] tokens = new Random(2).ints(9, 0, CONFIG.vocabularySize()).toArray();
      double[] coefficients = new double[8];
      Arrays.fill(coefficients, 1);
      LanguageModel adapted = RandomModel.of(CONFIG, weights, Tuning.lora(ALL));
      assertThat(backward(adapted, tokens, coefficients))
          .isEqualTo(backward(RandomModel.of(CONFIG, weights), tokens, coefficients));
      // B moves at once, A from the second step on.
      for (Parameter parameter : adapted.trainedParameters()) {
        boolean moves = Arrays.stream(parameter.gradient().toDoubles()).anyMatch(g -> g != 0);
        assertThat(moves).as(parameter.name()).isEqualTo(parameter.name().contains("lora_B"));
      }
    }
  }

  @Test
  void shouldDrawFirstValuesOfAUniformlyAndBySeedAndName() {
    try (Scope ignored = Scope.open()) {
      Parameter weight =
          new Parameter(
              "m.q_proj.weight", Tensor.zeros(DType.FLOAT64, RandomModel.device(), 8, 400));
      LoraSettings settings = new LoraSettings(50, 1, List.of("q_proj"));
      double[] values = values(LowRankAdapter.create("m.q_proj", weight, settings, 1));
      double bound = 1 / Math.sqrt(400);
      assertThat(Arrays.stream(values)).allMatch(value -> Math.abs(value) <= bound);
      // Uniform on [-b, b]: variance b^2 / 3; of 20,000 draws its relative error is below 2%.
      double variance = Arrays.stream(values).map(value -> value * value).average().orElseThrow();
      assertThat(variance / (bound * bound / 3)).isBetween(0.98, 1.02);
      assertThat(values(LowRankAdapter.create("m.q_proj", weight, settings, 1))).isEqualTo(values);
      assertThat(values(LowRankAdapter.create("m.q_proj", weight, settings, 2)))
          .isNotEqualTo(values);
      assertThat(values(LowRankAdapter.create("n.q_proj", weight, settings, 1)))
          .isNotEqualTo(values);
    }
  }

  @Test
  void shouldAdaptTargetModulesOnly() {
    LoraSettings some = new LoraSettings(2, 4, List.of("down_proj", "q_proj"));
    assertThat(Tuning.lora(some).trained(CONFIG))
        .extracting(tensor -> tensor.name() + tensor.dimensions())
        .containsExactly(
            "model.layers.0.self_attn.q_proj.lora_A.weight[2, 16]",
            "model.layers.0.self_attn.q_proj.lora_B.weight[32, 2]",
            "model.layers.0.mlp.down_proj.lora_A.weight[2, 24]",
            "model.layers.0.mlp.down_proj.lora_B.weight[16, 2]",
            "model.layers.1.self_attn.q_proj.lora_A.weight[2, 16]",
            "model.layers.1.self_attn.q_proj.lora_B.weight[32, 2]",
            "model.layers.1.mlp.down_proj.lora_A.weight[2, 24]",
            "model.layers.1.mlp.down_proj.lora_B.weight[16, 2]");
  }

  @Test
  void shouldNameNearestModule() {
    assertThatThrownBy(() -> new LoraSettings(2, 4, List.of("qproj")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("did you mean q_proj");
    assertThatThrownBy(() -> new LoraSettings(0, 4, List.of("q_proj")))
        .hasMessageContaining("lora_r");
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.layers.0.*", "regex:model\\.layers\\.0\\..+"})
  void shouldFreezeWhatPatternMatches(String pattern) {
    try (Scope ignored = Scope.open()) {
      Tuning tuning = new Tuning(Optional.empty(), List.of(pattern, "*norm.weigh?"));
      LanguageModel model =
          RandomModel.of(CONFIG, RandomModel.weights(CONFIG, DType.FLOAT32, 5), tuning);
      model
          .parameters()
          .forEach(
              (name, parameter) ->
                  assertThat(parameter.isTrained())
                      .as(name)
                      .isEqualTo(
                          !name.startsWith("model.layers.0.") && !name.endsWith("norm.weight")));
      assertThat(model.trainedParameters()).isNotEmpty();
    }
  }

  @Test
  void shouldGiveSameGradientsBesideFrozenWeights() {
    try (Scope ignored = Scope.open()) {
      Map<String, Tensor> weights = RandomModel.weights(CONFIG, DType.FLOAT64, 5);
      int[] tokens = new Random(2).ints(9, 0, CONFIG.vocabularySize()).toArray();
      double[] coefficients = new Random(3).doubles(8, -1, 1).toArray();
      LanguageModel whole = RandomModel.of(CONFIG, weights);
      LanguageModel part =
          RandomModel.of(
              CONFIG, weights, new Tuning(Optional.empty(), List.of("*embed*", "*k_proj*")));
      backward(whole, tokens, coefficients);
      backward(part, tokens, coefficients);
      for (Parameter parameter : part.trainedParameters()) {
        assertThat(parameter.gradient().toDoubles())
            .as(parameter.name())
            .isEqualTo(
                Objects.requireNonNull(whole.parameters().get(parameter.name()))
                    .gradient()
                    .toDoubles());
      }
    }
  }

  @Test
  void shouldNameNearestWeightsWhenPatternMatchesNothing() {
    assertThatThrownBy(
            () -> new Tuning(Optional.empty(), List.of("model.norm.wieght")).trained(CONFIG))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("freeze has 'model.norm.wieght'")
        .hasMessageContaining("model.norm.weight");
    assertThatThrownBy(() -> new Tuning(Optional.empty(), List.of("regex:(")).trained(CONFIG))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("not a regular expression");
    assertThatThrownBy(() -> new Tuning(Optional.empty(), List.of("*")).trained(CONFIG))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("freezes every weight");
  }

  private static double[] backward(LanguageModel model, int[] tokens, double[] coefficients) {
    TokenTree tree = TokenTree.of(List.of(tokens));
    Targets targets = tree.targets(0, 1, tokens.length);
    EngineSettings settings =
        EngineSettings.defaults(KernelChoice.blocked())
            .with(OptionRecords.of(EngineOptions.class, Map.of("tile_tokens", 5)));
    try (TreePass pass = TreePass.forward(model, tree, settings, TreePass.Purpose.TRAIN)) {
      return pass.backward(targets, coefficients);
    }
  }

  private static void fillAdapters(LanguageModel model) {
    Random random = new Random(8);
    for (Parameter parameter : model.trainedParameters()) {
      double[] values = random.doubles(parameter.value().elements(), -0.4, 0.4).toArray();
      parameter
          .value()
          .copyInPlace(Tensor.of(values, RandomModel.device(), parameter.value().shape()));
    }
  }

  private static Map<String, Tensor> merged(LanguageModel model, Map<String, Tensor> weights) {
    Map<String, Tensor> merged = new LinkedHashMap<>();
    weights.forEach(
        (name, weight) -> {
          Parameter a = model.parameters().get(LowRankAdapter.nameOfA(module(name)));
          Parameter b = model.parameters().get(LowRankAdapter.nameOfB(module(name)));
          merged.put(
              name,
              a == null || b == null
                  ? weight
                  : weight.add(b.value().matmul(a.value()).mul(ALL.scale())));
        });
    return merged;
  }

  private static double[] expectedGradient(
      LanguageModel model, String name, Map<String, double[]> gradients) {
    String module = name.replaceAll("\\.lora_[AB]\\.weight", "");
    String weightName = module + ".weight";
    Tensor weight = parameter(model, weightName).value();
    Tensor gradient =
        Tensor.of(
                Objects.requireNonNull(gradients.get(weightName)),
                RandomModel.device(),
                weight.shape())
            .to(weight.dtype());
    Tensor a = parameter(model, LowRankAdapter.nameOfA(module)).value();
    Tensor b = parameter(model, LowRankAdapter.nameOfB(module)).value();
    Tensor expected =
        name.contains("lora_A")
            ? b.transpose(0, 1).matmul(gradient)
            : gradient.matmul(a.transpose(0, 1));
    return expected.mul(ALL.scale()).toDoubles();
  }

  private static Parameter parameter(LanguageModel model, String name) {
    return Objects.requireNonNull(model.parameters().get(name), name);
  }

  private static String module(String weight) {
    return LowRankAdapter.module(weight);
  }

  private static double[] values(LowRankAdapter adapter) {
    return adapter.a().value().toDoubles();
  }
}
