package org.longpo.checkpoint;

import java.util.ArrayList;
import java.util.List;

/**
 * The weights that a model consists of, by their names in Hugging Face checkpoints, in the order of
 * transformers' state dict. They follow from the description of its blocks.
 */
public final class ExpectedTensors {
  /** The embedding, [vocabulary, hidden]. */
  public static final String EMBEDDING = "model.embed_tokens.weight";

  /** The language-model head, [vocabulary, hidden]; absent where it is tied to the embedding. */
  public static final String HEAD = "lm_head.weight";

  private ExpectedTensors() {}

  /**
   * A tensor that must exist.
   *
   * @param name its name in the checkpoint
   * @param dimensions its shape, outermost dimension first
   */
  public record ExpectedTensor(String name, List<Long> dimensions) {
    public ExpectedTensor {
      dimensions = List.copyOf(dimensions);
    }
  }

  /** Every weight of a model with this configuration. */
  public static List<ExpectedTensor> of(ModelConfig config) {
    List<ExpectedTensor> tensors = new ArrayList<>();
    tensors.add(tensor(EMBEDDING, config.vocabularySize(), config.hiddenSize()));
    for (int layer = 0; layer < config.layers(); layer++) {
      addLayer(tensors, "model.layers." + layer + ".", config);
    }
    tensors.add(tensor("model.norm.weight", config.hiddenSize()));
    if (!config.tiedEmbeddings()) {
      tensors.add(tensor(HEAD, config.vocabularySize(), config.hiddenSize()));
    }
    return List.copyOf(tensors);
  }

  private static void addLayer(List<ExpectedTensor> tensors, String prefix, ModelConfig config) {
    long hidden = config.hiddenSize();
    long queries = (long) config.attentionHeads() * config.headDim();
    long keys = (long) config.keyValueHeads() * config.headDim();
    long intermediate = config.intermediateSize();
    ModelConfig.Biases biases = config.blocks().biases();
    String attention = prefix + "self_attn.";
    addLinear(tensors, attention + "q_proj", queries, hidden, biases.queryKeyValue());
    addLinear(tensors, attention + "k_proj", keys, hidden, biases.queryKeyValue());
    addLinear(tensors, attention + "v_proj", keys, hidden, biases.queryKeyValue());
    addLinear(tensors, attention + "o_proj", hidden, queries, biases.output());
    if (config.attention().queryKeyNorm()) {
      tensors.add(tensor(attention + "q_norm.weight", config.headDim()));
      tensors.add(tensor(attention + "k_norm.weight", config.headDim()));
    }
    addLinear(tensors, prefix + "mlp.gate_proj", intermediate, hidden, biases.mlp());
    addLinear(tensors, prefix + "mlp.up_proj", intermediate, hidden, biases.mlp());
    addLinear(tensors, prefix + "mlp.down_proj", hidden, intermediate, biases.mlp());
    config
        .blocks()
        .norms()
        .places()
        .names()
        .forEach(norm -> tensors.add(tensor(prefix + norm + ".weight", hidden)));
  }

  private static void addLinear(
      List<ExpectedTensor> tensors, String name, long outputs, long inputs, boolean bias) {
    tensors.add(tensor(name + ".weight", outputs, inputs));
    if (bias) {
      tensors.add(tensor(name + ".bias", outputs));
    }
  }

  private static ExpectedTensor tensor(String name, Long... dimensions) {
    return new ExpectedTensor(name, List.of(dimensions));
  }

  private static ExpectedTensor tensor(String name, int rows, int columns) {
    return tensor(name, (long) rows, (long) columns);
  }

  private static ExpectedTensor tensor(String name, int size) {
    return tensor(name, (long) size);
  }
}
