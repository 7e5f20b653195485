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
