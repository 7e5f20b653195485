package org.longpo.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.longpo.checkpoint.ExpectedTensors;
import org.longpo.checkpoint.ExpectedTensors.ExpectedTensor;
import org.longpo.checkpoint.ModelConfig;
import org.longpo.engine.LoraSettings;
import org.longpo.engine.Parameter;
import org.longpo.engine.Tuning;
import org.longpo.engine.WeightPart;
import org.longpo.engine.WeightParts;
import org.longpo.files.Json;
import org.longpo.tensor.DType;
import org.longpo.tensor.Device;
import org.longpo.tensor.Scope;
import org.longpo.tensor.Tensor;
import tools.jackson.databind.JsonNode;

class WeightDecayTest {
  private static final Path MODELS = Path.of("src/test/resources/models");
  private static final JsonNode GOLDEN =
      Json.read(Path.of("src/test/resources/training/weight-decay.json"), JsonNode.class);

  @ParameterizedTest
  @ValueSource(strings = {"llama", "mistral", "qwen2", "qwen3", "gemma3"})
  void shouldReachWhatItReachesInTransformersTrainer(String family) {
    assertThat(decaying(ExpectedTensors.of(ModelConfig.read(MODELS.resolve(family))), true))
        .containsExactlyInAnyOrderElementsOf(names(family, "decay"));
    assertThat(decaying(ExpectedTensors.of(ModelConfig.read(MODELS.resolve(family))), false))
        .containsExactlyInAnyOrderElementsOf(names(family, "others"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldReachAdaptersAsThere(boolean decays) {
    Tuning tuning = Tuning.lora(new LoraSettings(2, 4, List.of(LoraSettings.ALL_LINEAR)));
    assertThat(decaying(tuning.trained(ModelConfig.read(MODELS.resolve("llama"))), decays))
        .containsExactlyInAnyOrderElementsOf(names("llama with LoRA", decays ? "decay" : "others"));
  }

  /** With no gradient, all that moves a weight is its decay: w -= rate * decay * w. */
  @ParameterizedTest
  @EnumSource(OptimizerKind.class)
  void shouldMoveMatrixAndLeaveNorm(OptimizerKind kind) {
    try (Scope ignored = Scope.open()) {
      Parameter matrix = parameter("model.layers.0.mlp.up_proj.weight");
      Parameter norm = parameter("model.layers.0.input_layernorm.weight");
      Parameter bias = parameter("model.layers.0.self_attn.q_proj.bias");
      List<Parameter> all = List.of(matrix, norm, bias);
      Optimizer.create(kind, parts(all), WeightDecay.ofMatrices(0.5), Device.CPU).update(0.1);
      double expected =
          switch (kind) {
            case ADAMW -> 2 * (1 - 0.1 * 0.5);
            // Decay is part of the gradient, 1, which is divided by its own root mean square.
            case RMSPROP -> 2 - 0.1 / (Math.sqrt(0.01) + 1e-8);
          };
      // One operation in double.
      assertThat(matrix.value().toDoubles()[0]).isCloseTo(expected, within(1e-12));
      assertThat(norm.value().toDoubles()).containsExactly(2);
      assertThat(bias.value().toDoubles()).containsExactly(2);

      Parameter always = parameter("model.norm.weight");
      Optimizer.create(kind, parts(List.of(always)), WeightDecay.ofAll(0.5), Device.CPU)
          .update(0.1);
      assertThat(always.value().toDoubles()[0]).isCloseTo(expected, within(1e-12));
    }
  }

  private static WeightParts parts(List<Parameter> parameters) {
    return new WeightParts(List.of(WeightPart.resident(parameters, parameters)));
  }

  private static Parameter parameter(String name) {
    Parameter parameter =
        new Parameter(name, Tensor.of(new double[] {2}, Device.CPU, 1).to(DType.FLOAT64));
    parameter.train();
    return parameter;
  }

  private static List<String> decaying(List<ExpectedTensor> weights, boolean decays) {
    WeightDecay decay = WeightDecay.ofMatrices(0.1);
    return weights.stream()
        .map(ExpectedTensor::name)
        .filter(name -> decay.of(name) > 0 == decays)
        .toList();
  }

  private static List<String> names(String family, String kind) {
    Stream<JsonNode> names =
        StreamSupport.stream(GOLDEN.path(family).path(kind).spliterator(), false);
    return names.map(JsonNode::asString).toList();
  }
}
