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
 * @param dtype the type the configuration names; empty where it names none, and {@link
 *     Checkpoint#dtype} knows it
 */
public record ModelConfig(
    ModelFamily family,
    Vocabulary vocabulary,
    Blocks blocks,
    Attention attention,
    Positions positions,
    Optional<ElementType> dtype) {
  public ModelConfig {
    if (attention.layerTypes().size() != blocks.layers()) {
      throw new IllegalArgumentException(
          attention.layerTypes().size() + " layer types, " + blocks.layers() + " layers");
    }
  }

  /**
   * Embedding and head.
   *
   * @param size rows of the embedding
   * @param tiedEmbeddings whether the head is the embedding
   */
  public record Vocabulary(int size, boolean tiedEmbeddings) {}

  /**
   * What all blocks have in common, attention apart.
   *
   * @param layers number of blocks
   * @param hiddenSize width of the residual stream
   * @param intermediateSize width of the MLP
   * @param rmsNormEpsilon the number that RMSNorm adds to the mean square
   */
  public record Blocks(
      int layers, int hiddenSize, int intermediateSize, double rmsNormEpsilon, Biases biases) {}

  /**
   * Which projections have a bias.
   *
   * @param queryKeyValue q, k and v
   * @param output the attention's output projection
   * @param mlp the MLP's three projections
   */
  public record Biases(boolean queryKeyValue, boolean output, boolean mlp) {
    public static final Biases NONE = new Biases(false, false, false);
  }

  /**
   * The shape and range of attention.
   *
   * @param heads query heads
   * @param keyValueHeads key and value heads; divides {@code heads}
   * @param headDim dimension of one head
   * @param queryKeyNorm whether q and k are normalised per head before RoPE
   * @param slidingWindow tokens that a sliding layer attends to, the token itself included; empty
   *     if no layer slides
   * @param layerTypes the tokens that each layer's attention can read, one entry per layer
   */
  public record Attention(
      int heads,
      int keyValueHeads,
      int headDim,
      boolean queryKeyNorm,
      OptionalInt slidingWindow,
      List<LayerType> layerTypes) {
    public Attention {
      layerTypes = List.copyOf(layerTypes);
    }
  }

  /**
   * The position embedding and the longest context.
   *
   * @param rope rotary position embedding
   * @param maxPositionEmbeddings the context the model was made for, in tokens
   */
  public record Positions(RopeSettings rope, int maxPositionEmbeddings) {}

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

  public int vocabularySize() {
    return vocabulary.size();
  }

  public boolean tiedEmbeddings() {
    return vocabulary.tiedEmbeddings();
  }

  public int layers() {
    return blocks.layers();
  }

  public int hiddenSize() {
    return blocks.hiddenSize();
  }

  public int intermediateSize() {
    return blocks.intermediateSize();
  }

  public double rmsNormEpsilon() {
    return blocks.rmsNormEpsilon();
  }

  public int attentionHeads() {
    return attention.heads();
  }

  public int keyValueHeads() {
    return attention.keyValueHeads();
  }

  public int headDim() {
    return attention.headDim();
  }

  public RopeSettings rope() {
    return positions.rope();
  }

  public int maxPositionEmbeddings() {
    return positions.maxPositionEmbeddings();
  }

  /** How many tokens layer {@code layer} attends to, itself included; empty: all earlier ones. */
  public OptionalInt slidingWindow(int layer) {
    return switch (attention.layerTypes().get(layer)) {
      case FULL_ATTENTION -> OptionalInt.empty();
      case SLIDING_ATTENTION -> attention.slidingWindow();
    };
  }

  /** The same model with another position embedding. */
  public ModelConfig withRope(RopeSettings newRope) {
    return new ModelConfig(
        family,
        vocabulary,
        blocks,
        attention,
        new Positions(newRope, positions.maxPositionEmbeddings()),
        dtype);
  }

  /** The same model with its head tied to the embedding, or not. */
  public ModelConfig withTiedEmbeddings(boolean tied) {
    return new ModelConfig(
        family, new Vocabulary(vocabulary.size(), tied), blocks, attention, positions, dtype);
  }
}
