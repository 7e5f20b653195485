package org.longpo.engine;

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
import org.longpo.tensor.Scope;
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
  private final ModelWeights weights;
  private final DType dtype;
  private final Device device;

  /**
   * @param dtype of weights and activations
   * @param device where they are while they are leased
   */
  LanguageModel(
      ModelName name, ModelConfig config, ModelWeights weights, DType dtype, Device device) {
    this.name = name;
    this.config = config;
    this.weights = weights;
    this.dtype = dtype;
    this.device = device;
  }

  /** The same weights with another position embedding. */
  public LanguageModel withRope(RopeSettings rope) {
    return new LanguageModel(name, config.withRope(rope), weights, dtype, device);
  }

  /** The model that adapters were put on: the same weights without what the adapters add. */
  public LanguageModel withoutAdapters() {
    return new LanguageModel(name, config, weights.withoutAdapters(), dtype, device);
  }

  /**
   * The same weights; errors about tokens name their strings.
   *
   * @param token the string of a token id, empty where it is not known
   */
  public LanguageModel withTokenStrings(IntFunction<String> token) {
    return new LanguageModel(new ModelName(name.model(), token), config, weights, dtype, device);
  }

  public ModelConfig config() {
    return config;
  }

  public DType dtype() {
    return dtype;
  }

  public Device device() {
    return device;
  }

  /**
   * Every weight under its Hugging Face name, in the order of a checkpoint; tied ones once, an
   * adapter's after the weight that it changes.
   */
  public Map<String, Parameter> parameters() {
    Map<String, Parameter> byName = new LinkedHashMap<>();
    parts().parameters().forEach(parameter -> byName.put(parameter.name(), parameter));
    return byName;
  }

  /** Those of them that are trained. */
  public List<Parameter> trainedParameters() {
    return parameters().values().stream().filter(Parameter::isTrained).toList();
  }

  public long parameterCount() {
    return parameters().values().stream().mapToLong(Parameter::elements).sum();
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

  /** The same model whose weights come from elsewhere. */
  LanguageModel with(ModelWeights.Source source) {
    return new LanguageModel(name, config, weights.from(source), dtype, device);
  }

  /** The weights for what trains, stores and exports them. */
  public WeightParts parts() {
    return weights.parts();
  }

  ModelWeights weights() {
    return weights;
  }

  /**
   * The embedding's rows of some tokens, [tokens, hidden size]: the only place where ids enter the
   * model, so they are checked here.
   *
   * @throws UserError that names the first id for which there is no row
   */
  Tensor embed(int[] tokens) {
    requireKnown(tokens);
    try (Lease<Parameter> lease = weights.embedding().lease();
        Scope scope = Scope.open()) {
      return scope.keep(
          scaleEmbedding(lease.weights().value().indexSelect(0, Tensor.of(tokens, device))));
    }
  }

  /** Multiplies rows of the embedding, or their gradients, in place by the embedding's scale. */
  private Tensor scaleEmbedding(Tensor rows) {
    double scale = config.vocabulary().embeddingScale();
    return scale == 1
        ? rows
        : rows.mulInPlace(Tensor.full(scale, dtype.accumulation(), device, 1).to(dtype));
  }

  /**
   * Adds the gradient of {@link #embed}'s result to that of the embedding, if it is trained.
   *
   * @param gradient [tokens, hidden size]
   */
  void embedBackward(int[] tokens, Tensor gradient) {
    try (Lease<Parameter> lease = weights.embedding().lease();
        Scope ignored = Scope.open()) {
      Parameter embedding = lease.weights();
      if (embedding.isTrained()) {
        embedding
            .gradient()
            .indexAddInPlace(
                0,
                Tensor.of(tokens, device),
                scaleEmbedding(gradient.to(embedding.gradient().dtype())));
      }
    }
  }

  LossHead lossHead(EngineSettings settings) {
    return new LossHead(weights, settings.headTileRows());
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
