package org.longpo.engine;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.longpo.checkpoint.Activation;
import org.longpo.checkpoint.ElementType;
import org.longpo.checkpoint.ExpectedTensors;
import org.longpo.checkpoint.LayerType;
import org.longpo.checkpoint.ModelConfig;
import org.longpo.checkpoint.Norms;
import org.longpo.checkpoint.RopeScaling;
import org.longpo.checkpoint.RopeSettings;
import org.longpo.checkpoint.families.Gemma3Text;
import org.longpo.checkpoint.families.Llama;
import org.longpo.tensor.AutogradReference;
import org.longpo.tensor.DType;
import org.longpo.tensor.Device;
import org.longpo.tensor.Tensor;

/** Small models with random weights, and their textbook twins. */
public final class RandomModel {
  /** Large enough that every weight shows in the result, small enough that nothing saturates. */
  private static final double DEVIATION = 0.3;

  private RandomModel() {}

  /** A shape; {@code window} 0: no sliding window. */
  public static ModelConfig config(
      int heads, int keyValueHeads, boolean tied, boolean bias, boolean queryKeyNorm, int window) {
    int layers = 2;
    return new ModelConfig(
        new Llama(),
        new ModelConfig.Vocabulary(31, tied),
        new ModelConfig.Blocks(
            layers,
            /* hiddenSize= */ 16,
            /* intermediateSize= */ 24,
            Norms.ofLlama(1e-6),
            new ModelConfig.Biases(bias, false, false),
            Activation.SILU),
        new ModelConfig.Attention(
            heads,
            keyValueHeads,
            /* headDim= */ 8,
            ModelConfig.Attention.scaleOf(8),
            queryKeyNorm,
            window == 0 ? OptionalInt.empty() : OptionalInt.of(window),
            Collections.nCopies(
                layers, window == 0 ? LayerType.FULL_ATTENTION : LayerType.SLIDING_ATTENTION)),
        new ModelConfig.Positions(RopeSettings.unscaled(10_000), 512),
        Optional.of(ElementType.F32));
  }

  /**
   * What Gemma 3 has and others have not: norms on both sides with weights around 0, scaled
   * embeddings, another scale and another activation, a window and another RoPE in every other
   * layer.
   */
  public static ModelConfig gemma3(boolean tied) {
    return new ModelConfig(
        new Gemma3Text(),
        new ModelConfig.Vocabulary(31, tied, Math.sqrt(16)),
        new ModelConfig.Blocks(
            /* layers= */ 2,
            /* hiddenSize= */ 16,
            /* intermediateSize= */ 24,
            new Norms(1e-6, 1, /* roundedOnce= */ true, Gemma3Text.NORMS),
            ModelConfig.Biases.NONE,
            Activation.GELU_TANH),
        new ModelConfig.Attention(
            /* heads= */ 4,
            /* keyValueHeads= */ 2,
            /* headDim= */ 8,
            ModelConfig.Attention.scaleOf(12),
            /* queryKeyNorm= */ true,
            OptionalInt.of(5),
            List.of(LayerType.SLIDING_ATTENTION, LayerType.FULL_ATTENTION)),
        new ModelConfig.Positions(
            new RopeSettings(1e6, new RopeScaling.Linear(8)),
            Optional.of(RopeSettings.unscaled(10_000)),
            512),
        Optional.of(ElementType.F32));
  }

  public static Map<String, Tensor> weights(ModelConfig config, DType dtype, long seed) {
    Random random = new Random(seed);
    Map<String, Tensor> weights = new LinkedHashMap<>();
    ExpectedTensors.of(config)
        .forEach(
            expected -> {
              long[] shape = expected.dimensions().stream().mapToLong(Long::longValue).toArray();
              double neutral =
                  expected.name().contains("norm") ? 1 - config.blocks().norms().weightOffset() : 0;
              double[] values =
                  random
                      .doubles(java.util.Arrays.stream(shape).reduce(1, (a, b) -> a * b))
                      .map(u -> neutral + DEVIATION * (2 * u - 1) * Math.sqrt(3))
                      .toArray();
              weights.put(expected.name(), Tensor.of(values, device(), shape).to(dtype));
            });
    return weights;
  }

  /** A model over these weights, ready to be trained. */
  public static LanguageModel of(ModelConfig config, Map<String, Tensor> weights) {
    return of(config, weights, Tuning.FULL);
  }

  /** The same, some weights of which are trained. */
  public static LanguageModel of(ModelConfig config, Map<String, Tensor> weights, Tuning tuning) {
    return ModelLoader.trainable(
        "random",
        config,
        (name, trained) -> {
          Parameter parameter = new Parameter(name, Objects.requireNonNull(weights.get(name)));
          if (trained) {
            parameter.train();
          }
          return parameter;
        },
        tuning,
        /* seed= */ 3);
  }

  public static AutogradReference reference(ModelConfig config, Map<String, Tensor> weights) {
    return new AutogradReference(config, weights);
  }

  /** The device of the tests: {@code -Dlongpo.device=cuda} runs them on one. */
  public static Device device() {
    return Device.parse(System.getProperty("longpo.device", "cpu"));
  }
}
