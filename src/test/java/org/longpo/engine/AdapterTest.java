package org.longpo.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.longpo.checkpoint.Checkpoint;
import org.longpo.engine.attention.KernelChoice;
import org.longpo.files.Json;
import org.longpo.tensor.DType;
import org.longpo.tensor.Device;
import org.longpo.tensor.Scope;
import tools.jackson.databind.JsonNode;

/** An adapter that PEFT wrote, read with its base. */
class AdapterTest {
  private static final Path MODELS = Path.of("src/test/resources/models");

  @Test
  void shouldGiveLogProbabilitiesOfPeft() {
    JsonNode golden = Json.read(MODELS.resolve("llama-adapter/golden.json"), JsonNode.class);
    int[] tokens = golden.get("tokens").valueStream().mapToInt(JsonNode::asInt).toArray();
    check(logProbs(MODELS.resolve("llama-adapter"), tokens), golden.get("log_probs"));
    check(logProbs(MODELS.resolve("llama"), tokens), golden.get("base"));
  }

  private static void check(double[] logProbs, JsonNode expected) {
    assertThat(logProbs).hasSize(expected.size());
    for (int i = 0; i < logProbs.length; i++) {
      // As in TransformersParityTest: some hundred roundings of float32, of numbers up to 10.
      assertThat(logProbs[i]).isCloseTo(expected.get(i).asDouble(), within(1e-4));
    }
  }

  private static double[] logProbs(Path folder, int[] tokens) {
    try (Checkpoint checkpoint = Checkpoint.open(folder);
        Scope ignored = Scope.open()) {
      LanguageModel model =
          ModelLoader.frozen(checkpoint, checkpoint.config(), DType.FLOAT32, Device.CPU);
      return new Scorer(model, EngineSettings.defaults(KernelChoice.blocked()))
          .logProbs(List.of(tokens), new int[] {1})
          .getFirst();
    }
  }
}
