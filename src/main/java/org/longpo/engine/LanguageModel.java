package org.longpo.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.longpo.checkpoint.ModelConfig;
import org.longpo.checkpoint.RopeFrequencies;
import org.longpo.checkpoint.RopeSettings;
import org.longpo.engine.attention.TreeAttention;
import org.longpo.tensor.DType;
import org.longpo.tensor.Device;

/**
 * A decoder-only transformer of the Llama / Mistral / Qwen family: its configuration and weights.
 *
 * <p>It computes nothing by itself: {@link TreePass} reads and trains it, {@link Generator} samples
 * from it.
 */
public final class LanguageModel {
  private final ModelConfig config;
  private final Parameter embedding;
  private final List<TransformerBlock> blocks;
  private final RmsNorm finalNorm;
  private final Linear head;

  LanguageModel(
      ModelConfig config,
      Parameter embedding,
      List<TransformerBlock> blocks,
      RmsNorm finalNorm,
      Linear head) {
    this.config = config;
    this.embedding = embedding;
    this.blocks = List.copyOf(blocks);
    this.finalNorm = finalNorm;
    this.head = head;
  }

  /** The same weights with another position embedding. */
  public LanguageModel withRope(RopeSettings rope) {
    return new LanguageModel(config.withRope(rope), embedding, blocks, finalNorm, head);
  }

  public ModelConfig config() {
    return config;
  }

  /** The base of the RoPE wavelengths that this model reads with. */
  public double ropeTheta() {
    return config.rope().theta();
  }

  public DType dtype() {
    return embedding.value().dtype();
  }

  public Device device() {
    return embedding.value().device();
  }

  /**
   * Every weight under its Hugging Face name, in the order of a checkpoint; tied ones once, an
   * adapter's after the weight that it stands beside.
   */
  public Map<String, Parameter> parameters() {
    List<Parameter> all = new ArrayList<>(List.of(embedding));
    blocks.forEach(block -> all.addAll(block.parameters()));
    all.add(finalNorm.weight());
    all.addAll(head.parameters());
    Map<String, Parameter> byName = new LinkedHashMap<>();
    all.forEach(parameter -> byName.put(parameter.name(), parameter));
    return byName;
  }

  /** Those of them that are trained. */
  public List<Parameter> trainedParameters() {
    return parameters().values().stream().filter(Parameter::isTrained).toList();
  }

  public long parameterCount() {
    return parameters().values().stream().mapToLong(p -> p.value().elements()).sum();
  }

  Parameter embedding() {
    return embedding;
  }

  List<TransformerBlock> blocks() {
    return blocks;
  }

  LossHead lossHead(EngineSettings settings) {
    return new LossHead(finalNorm, head, settings.headTileRows());
  }

  TreeAttention attention(EngineSettings settings) {
    return new TreeAttention(settings.kernels(), 1 / Math.sqrt(config.headDim()));
  }

  OptionalInt slidingWindow(int layer) {
    return config.slidingWindow(layer);
  }

  /** Rotations for rows of paths that end at a length of {@code pathLength} tokens. */
  Rotation rotation(int[] positions, int pathLength) {
    RopeFrequencies frequencies =
        RopeFrequencies.of(
            config.rope(), config.headDim(), config.maxPositionEmbeddings(), pathLength);
    return Rotation.of(positions, frequencies, dtype(), device());
  }
}
