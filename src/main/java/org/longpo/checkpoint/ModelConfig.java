package org.longpo.checkpoint;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.longpo.error.UserError;

/**
 * A model's shape, from its config.json.
 *
 * @param family the family, which fixes the architecture
 * @param vocabularySize rows of the embedding
 * @param hiddenSize width of the residual stream
 * @param intermediateSize width of the MLP
 * @param layers number of blocks
 * @param attentionHeads query heads
 * @param keyValueHeads key and value heads; divides {@code attentionHeads}
 * @param headDim dimension of one head
 * @param rmsNormEpsilon what RMSNorm adds to the mean square
 * @param tiedEmbeddings whether the head is the embedding
 * @param queryKeyValueBias whether q, k and v projections have a bias
 * @param outputBias whether the attention's output projection has a bias
 * @param mlpBias whether the MLP's three projections have a bias
 * @param queryKeyNorm whether q and k are normalised per head before RoPE
 * @param slidingWindow tokens that a sliding layer attends to, the token itself included; empty if
 *     no layer slides
 * @param layerTypes what each layer's attention reaches, one entry per layer
 * @param rope rotary position embedding
 * @param maxPositionEmbeddings the context the model was made for, in tokens
 * @param dtype the type the configuration names; empty where it names none, and {@link
 *     Checkpoint#dtype} knows it
 */
public record ModelConfig(
    ModelFamily family,
    int vocabularySize,
    int hiddenSize,
    int intermediateSize,
    int layers,
    int attentionHeads,
    int keyValueHeads,
    int headDim,
    double rmsNormEpsilon,
    boolean tiedEmbeddings,
    boolean queryKeyValueBias,
    boolean outputBias,
    boolean mlpBias,
    boolean queryKeyNorm,
    OptionalInt slidingWindow,
    List<LayerType> layerTypes,
    RopeSettings rope,
    int maxPositionEmbeddings,
    Optional<ElementType> dtype) {

  public ModelConfig {
    layerTypes = List.copyOf(layerTypes);
    if (layerTypes.size() != layers) {
      throw new IllegalArgumentException(layerTypes.size() + " layer types, " + layers + " layers");
    }
  }

  /**
   * Reads {@code config.json} of a model folder.
   *
   * @throws UserError if there is none, it is malformed, or the architecture is not supported
   */
  public static ModelConfig read(Path folder) {
    return ModelConfigReader.read(folder);
  }

  /** config.json's {@code model_type}. */
  public String modelType() {
    return family.modelType();
  }

  /** The model's class in transformers. */
  public String architecture() {
    return family.architecture();
  }

  /** How many tokens layer {@code layer} attends to, itself included; empty: all earlier ones. */
  public OptionalInt slidingWindow(int layer) {
    return switch (layerTypes.get(layer)) {
      case FULL_ATTENTION -> OptionalInt.empty();
      case SLIDING_ATTENTION -> slidingWindow;
    };
  }

  /** The same model with another position embedding. */
  public ModelConfig withRope(RopeSettings newRope) {
    return new ModelConfig(
        family,
        vocabularySize,
        hiddenSize,
        intermediateSize,
        layers,
        attentionHeads,
        keyValueHeads,
        headDim,
        rmsNormEpsilon,
        tiedEmbeddings,
        queryKeyValueBias,
        outputBias,
        mlpBias,
        queryKeyNorm,
        slidingWindow,
        layerTypes,
        newRope,
        maxPositionEmbeddings,
        dtype);
  }

  /** The same model with its head tied to the embedding, or not. */
  public ModelConfig withTiedEmbeddings(boolean tied) {
    return new ModelConfig(
        family,
        vocabularySize,
        hiddenSize,
        intermediateSize,
        layers,
        attentionHeads,
        keyValueHeads,
        headDim,
        rmsNormEpsilon,
        tied,
        queryKeyValueBias,
        outputBias,
        mlpBias,
        queryKeyNorm,
        slidingWindow,
        layerTypes,
        rope,
        maxPositionEmbeddings,
        dtype);
  }
}
