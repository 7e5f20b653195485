package org.longpo.checkpoint;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.longpo.checkpoint.families.ModelFamilies;
import org.longpo.error.UserError;

/**
 * A model's shape, from its config.json: all that the engine needs to build it, whatever its family
 * is.
 *
 * @param family the family that read it, which also writes it
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
   * @param embeddingScale what an embedding is multiplied by before the first block, rounded to the
   *     model's type; the head's weights are not
   */
  public record Vocabulary(int size, boolean tiedEmbeddings, double embeddingScale) {
    public Vocabulary(int size, boolean tiedEmbeddings) {
      this(size, tiedEmbeddings, /* embeddingScale= */ 1);
    }
  }

  /**
   * What all blocks have in common, attention apart.
   *
   * @param layers number of blocks
   * @param hiddenSize width of the residual stream
   * @param intermediateSize width of the MLP
   * @param activation the function in the MLP's gate
   */
  public record Blocks(
      int layers,
      int hiddenSize,
      int intermediateSize,
      Norms norms,
      Biases biases,
      Activation activation) {}

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
   * @param scale what the products of queries and keys are multiplied by
   * @param queryKeyNorm whether q and k are normalised per head before RoPE
   * @param slidingWindow tokens that a sliding layer attends to, the token itself included; empty
   *     if no layer slides
   * @param layerTypes the tokens that each layer's attention can read, one entry per layer
   */
  public record Attention(
      int heads,
      int keyValueHeads,
      int headDim,
      double scale,
      boolean queryKeyNorm,
      OptionalInt slidingWindow,
      List<LayerType> layerTypes) {
    public Attention {
      layerTypes = List.copyOf(layerTypes);
    }

    /**
     * The usual scale: one by the root of the head dimension, or of another number in its place.
     */
    public static double scaleOf(int dimension) {
      return 1 / Math.sqrt(dimension);
    }
  }

  /**
   * The position embedding and the longest context.
   *
   * @param rope rotary position embedding; where {@code slidingRope} is another, that of layers
   *     with full attention: the one that limits the context, and that a user can change
   * @param slidingRope that of layers with sliding attention; empty: the same
   * @param maxPositionEmbeddings the context the model was made for, in tokens
   */
  public record Positions(
      RopeSettings rope, Optional<RopeSettings> slidingRope, int maxPositionEmbeddings) {
    public Positions(RopeSettings rope, int maxPositionEmbeddings) {
      this(rope, Optional.empty(), maxPositionEmbeddings);
    }

    /** The same with another {@link #rope}. */
    public Positions withRope(RopeSettings newRope) {
      return new Positions(newRope, slidingRope, maxPositionEmbeddings);
    }
  }

  /**
   * Reads {@code config.json} of a model folder.
   *
   * @throws UserError if there is none, it is malformed, or the architecture is not supported
   */
  public static ModelConfig read(Path folder) {
    return read(folder, ModelFamilies.ALL);
  }

  /** The same for a model of other families. */
  public static ModelConfig read(Path folder, ModelFamilies families) {
    return ModelConfigReader.read(folder, families);
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
    return blocks.norms().epsilon();
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

  /** The position embedding of layers with full attention; of most models, that of all layers. */
  public RopeSettings rope() {
    return positions.rope();
  }

  /** The position embedding of layers of a type. */
  public RopeSettings rope(LayerType type) {
    return switch (type) {
      case FULL_ATTENTION -> positions.rope();
      case SLIDING_ATTENTION -> positions.slidingRope().orElse(positions.rope());
    };
  }

  /** The types that the layers have, each once. */
  public List<LayerType> layerTypes() {
    return attention.layerTypes().stream().distinct().toList();
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

  /** The same model with another {@link #rope()}. */
  public ModelConfig withRope(RopeSettings newRope) {
    return new ModelConfig(
        family, vocabulary, blocks, attention, positions.withRope(newRope), dtype);
  }

  /** The same model with its head tied to the embedding, or not. */
  public ModelConfig withTiedEmbeddings(boolean tied) {
    Vocabulary changed = new Vocabulary(vocabulary.size(), tied, vocabulary.embeddingScale());
    return new ModelConfig(family, changed, blocks, attention, positions, dtype);
  }
}
