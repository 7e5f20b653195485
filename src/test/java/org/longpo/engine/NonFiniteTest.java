package org.longpo.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.longpo.checkpoint.ModelConfig;
import org.longpo.engine.attention.KernelChoice;
import org.longpo.error.UserError;
import org.longpo.tensor.DType;
import org.longpo.tensor.Device;
import org.longpo.tensor.Scope;
import org.longpo.tensor.Tensor;

/** What is not finite is never a result. */
class NonFiniteTest {
  private static final ModelConfig CONFIG = RandomModel.config(2, 1, false, false, false, 0);
  private static final EngineSettings SETTINGS = EngineSettings.defaults(KernelChoice.blocked());

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void shouldRefuseWeightByNameAndCount(double damage) {
    try (Scope ignored = Scope.open()) {
      Tensor weight = Tensor.full(0.5, DType.BFLOAT16, Device.CPU, 3, 5);
      FiniteWeights.require("runs/x", "model.norm.weight", weight, weight.to(DType.FLOAT32));
      weight.rows(1, 2).narrow(1, 2, 2).fillInPlace(damage);
      assertThatThrownBy(
              () ->
                  FiniteWeights.require(
                      "runs/x", "model.norm.weight", weight, weight.to(DType.FLOAT32)))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("runs/x")
          .hasMessageContaining("2 of the 15 values of model.norm.weight are not finite");
    }
  }

  @Test
  void shouldRefuseWeightThatTheTypeCannotHold() {
    try (Scope ignored = Scope.open()) {
      Tensor weight = Tensor.full(1e300, DType.FLOAT64, Device.CPU, 4);
      assertThatThrownBy(
              () ->
                  FiniteWeights.require(
                      "runs/x", "lm_head.weight", weight, weight.to(DType.FLOAT32)))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("do not fit into float32: 4 of the 4 values of lm_head.weight");
    }
  }

  /** Their sum overflows: the fast test alone would call them damaged. */
  @Test
  void shouldAcceptLargeWeightsThatAreFinite() {
    try (Scope ignored = Scope.open()) {
      Tensor weight = Tensor.full(3e38, DType.FLOAT32, Device.CPU, 2, 1000);
      assertThat(weight.sum().item()).isInfinite();
      FiniteWeights.require("runs/x", "lm_head.weight", weight, weight);
    }
  }

  @Test
  void shouldNameLayerWhoseValuesOverflow() {
    try (Scope ignored = Scope.open()) {
      LanguageModel model = overflowingInSecondLayer(DType.FLOAT32);
      assertThatThrownBy(
              () ->
                  new Scorer(model, SETTINGS).logProbs(List.of(new int[] {1, 2, 3}), new int[] {1}))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("The model random gives log-probabilities that are not finite")
          .hasMessageContaining("in float32")
          .hasMessageEndingWith("so try another copy of the model.")
          .hasMessageContaining("layer 2 (model.layers.1)");
      assertThatThrownBy(
              () ->
                  new Generator(model, SETTINGS)
                      .generate(
                          List.of(
                              new GenerationRequest(new int[] {1, 2}, 0),
                              new GenerationRequest(new int[] {1, 3}, 0)),
                          Sampling.greedy(),
                          4,
                          new int[0],
                          (prompt, token) -> {
                            throw new AssertionError("drew a token from " + token);
                          }))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("The model random gives logits that are not finite")
          .hasMessageContaining("layer 2 (model.layers.1)");
    }
  }

  @Test
  void shouldAdviseAWiderTypeOnlyWhereThereIsOne() {
    try (Scope ignored = Scope.open()) {
      LanguageModel model = overflowingInSecondLayer(DType.BFLOAT16);
      assertThatThrownBy(
              () ->
                  new Scorer(model, SETTINGS).logProbs(List.of(new int[] {1, 2, 3}), new int[] {1}))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("in bfloat16")
          .hasMessageEndingWith("so try --dtype float32 or another copy of the model.");
    }
  }

  /** All weights are finite; products of the second layer's MLP are not. */
  private static LanguageModel overflowingInSecondLayer(DType dtype) {
    Map<String, Tensor> weights = RandomModel.weights(CONFIG, dtype, 5);
    for (String name : List.of("gate_proj", "up_proj", "down_proj")) {
      Objects.requireNonNull(weights.get("model.layers.1.mlp." + name + ".weight"))
          .mulInPlace(1e20);
    }
    weights.values().forEach(weight -> assertThat(weight.allFinite()).isTrue());
    return RandomModel.of(CONFIG, weights);
  }
}
