package org.longpo.tiny;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.longpo.checkpoint.ExpectedTensors.ExpectedTensor;

/**
 * Weights before the first step: random ones, norms of 1.
 *
 * @param values by the tensors' names, row by row
 */
record InitialWeights(Map<String, float[]> values) {
  /** Larger ones kept the model at chance for an hour. */
  private static final double DEVIATION = 0.02;

  /** Of a model that is wide at its embeddings. */
  private static final double QUERY_DEVIATION = 0.035;

  private static final double VALUE_DEVIATION = 0.05;

  static InitialWeights draw(List<ExpectedTensor> tensors, Random random) {
    Map<String, float[]> values = new LinkedHashMap<>();
    tensors.forEach(tensor -> values.put(tensor.name(), draw(tensor, random)));
    return new InitialWeights(values);
  }

  float[] of(String name) {
    float[] found = values.get(name);
    if (found == null) {
      throw new IllegalArgumentException("no tensor " + name + " but " + values.keySet());
    }
    return found;
  }

  /**
   * Others from which a model whose words are single tokens soon copies.
   *
   * <p>Embeddings are wide: names of one kind all move the same way in the first hundred steps, and
   * where they began close together nothing that the model reads tells one from the other after
   * that. So the head has weights of its own; it begins as small embeddings. Keys begin equal to
   * queries, and the outputs of attention as the transpose of its values (Trockman and Kolter 2023,
   * arXiv:2305.09828): attention prefers equal tokens, and what it reads can be said as it is.
   *
   * <p>Only for models with a head of its own and with as many heads for keys as for queries, which
   * together are as wide as the model: all matrices of attention are square.
   */
  InitialWeights copying() {
    Map<String, float[]> changed = new LinkedHashMap<>();
    for (String name : values.keySet()) {
      changed.put(name, copying(name));
    }
    return new InitialWeights(changed);
  }

  private float[] copying(String name) {
    if (name.endsWith("embed_tokens.weight")) {
      return scaled(of(name), 1);
    }
    if (name.equals("lm_head.weight")) {
      return of("model.embed_tokens.weight");
    }
    if (name.endsWith("q_proj.weight")) {
      return scaled(of(name), QUERY_DEVIATION);
    }
    if (name.endsWith("k_proj.weight")) {
      return scaled(of(name.replace("k_proj", "q_proj")), QUERY_DEVIATION);
    }
    if (name.endsWith("v_proj.weight")) {
      return scaled(of(name), VALUE_DEVIATION);
    }
    if (name.endsWith("o_proj.weight")) {
      return scaled(transposed(of(name.replace("o_proj", "v_proj"))), VALUE_DEVIATION);
    }
    return name.endsWith("gate_proj.weight") || name.endsWith("up_proj.weight")
        ? scaled(of(name), VALUE_DEVIATION)
        : of(name);
  }

  private static float[] scaled(float[] drawn, double deviation) {
    float[] scaled = drawn.clone();
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] *= (float) (deviation / DEVIATION);
    }
    return scaled;
  }

  private static float[] transposed(float[] square) {
    int size = (int) Math.round(Math.sqrt(square.length));
    float[] transposed = new float[square.length];
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        transposed[column * size + row] = square[row * size + column];
      }
    }
    return transposed;
  }

  private static float[] draw(ExpectedTensor tensor, Random random) {
    long elements = tensor.dimensions().stream().reduce(1L, Math::multiplyExact);
    float[] drawn = new float[Math.toIntExact(elements)];
    boolean isNorm = tensor.name().endsWith("norm.weight");
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] = isNorm ? 1 : (float) (DEVIATION * random.nextGaussian());
    }
    return drawn;
  }
}
