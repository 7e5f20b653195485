package org.longpo.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import org.longpo.checkpoint.ModelConfig;
import org.longpo.checkpoint.RopeSettings;
import org.longpo.engine.attention.TreeAttention;
import org.longpo.error.UserError;
import org.longpo.tensor.DType;
import org.longpo.tensor.Device;
import org.longpo.tensor.Tensor;

/**
 * A decoder-only transformer: its configuration, which describes its blocks, and its weights.
 *
 * <p>It computes nothing by itself: {@link TreePass} reads and trains it, {@link Generator} samples
 * from it.
 */
public final class LanguageModel {
  private final ModelName name;
  private final ModelConfig config;
  private final Parameter embedding;
  private final List<TransformerBlock> blocks;
  private final RmsNorm finalNorm;
  private final Linear head;

  LanguageModel(
      ModelName name,
      ModelConfig config,
      Parameter embedding,
      List<TransformerBlock> blocks,
      RmsNorm finalNorm,
      Linear head) {
    this.name = name;
    this.config = config;
    this.embedding = embedding;
    this.blocks = List.copyOf(blocks);
    this.finalNorm = finalNorm;
    this.head = head;
  }

  /** The same weights with another position embedding. */
  public LanguageModel withRope(RopeSettings rope) {
    return new LanguageModel(name, config.withRope(rope), embedding, blocks, finalNorm, head);
  }

  /**
   * The same weights; errors about tokens name their strings.
   *
   * @param token the string of a token id, empty where it is not known
   */
  public LanguageModel withTokenStrings(IntFunction<String> token) {
    return new LanguageModel(
        new ModelName(name.model(), token), config, embedding, blocks, finalNorm, head);
  }

  public ModelConfig config() {
    return config;
  }

  /** The base of the RoPE wavelengths of this model. */
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
   * adapter's after the weight that it changes.
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

  /**
   * Checks ids that come from a tokenizer, a file or a user.
   *
   * @throws UserError that names the first id for which the embedding has no row
   */
  public void requireKnown(int[] tokens) {
    for (int token : tokens) {
      if (token < 0 || token >= config.vocabularySize()) {
        String string = name.token().apply(token);
        throw new UserError(
            "The token id %d%s is not among those of the model %s: its embedding has %d rows, for the ids 0 to %d; use the tokenizer and the files that belong to this model."
                .formatted(
                    token,
                    string.isEmpty() ? "" : " ('" + string + "')",
                    name.model(),
                    config.vocabularySize(),
                    config.vocabularySize() - 1));
      }
    }
  }

  ModelName name() {
    return name;
  }

  Parameter embedding() {
    return embedding;
  }

  /**
   * The embedding's rows of some tokens, [tokens, hidden size]: the only place where ids enter the
   * model, so they are checked here.
   *
   * @throws UserError that names the first id for which there is no row
   */
  Tensor embed(int[] tokens) {
    requireKnown(tokens);
    return scaleEmbedding(embedding.value().indexSelect(0, Tensor.of(tokens, device())));
  }

  /** Multiplies rows of the embedding, or their gradients, in place by the embedding's scale. */
  Tensor scaleEmbedding(Tensor rows) {
    double scale = config.vocabulary().embeddingScale();
    return scale == 1
        ? rows
        : rows.mulInPlace(Tensor.full(scale, dtype().accumulation(), device(), 1).to(dtype()));
  }

  List<TransformerBlock> blocks() {
    return blocks;
  }

  LossHead lossHead(EngineSettings settings) {
    return new LossHead(finalNorm, head, settings.headTileRows());
  }

  TreeAttention attention(EngineSettings settings) {
    return new TreeAttention(settings.kernels(), config.attention().scale());
  }

  OptionalInt slidingWindow(int layer) {
    return config.slidingWindow(layer);
  }

  /** Rotations for rows of paths that end at a length of {@code pathLength} tokens. */
  Rotation rotation(int[] positions, int pathLength) {
    return Rotation.of(config, positions, pathLength, dtype(), device());
  }
}
