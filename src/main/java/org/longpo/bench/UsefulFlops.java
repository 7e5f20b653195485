package org.longpo.bench;

import org.longpo.checkpoint.ModelConfig;
import org.longpo.tree.AttentionPart;
import org.longpo.tree.AttentionPlan;
import org.longpo.tree.TokenTree;

/**
 * Floating-point operations that a step cannot do without: two per multiply-add of a weight or of a
 * (query, key) pair that is seen, three times for forward and backward. Recomputation, masked
 * halves and element-wise work do not count.
 */
final class UsefulFlops {
  private static final double PER_MULTIPLY_ADD = 2;
  private static final double FORWARD_AND_BACKWARD = 3;

  private UsefulFlops() {}

  /** Of one training step over a tree, the loss being read at {@code headRows} rows. */
  static double ofTrainingStep(ModelConfig config, TokenTree tree, long headRows) {
    return FORWARD_AND_BACKWARD * ofForward(config, tree, headRows);
  }

  static double ofForward(ModelConfig config, TokenTree tree, long headRows) {
    double pairs = 0;
    for (int layer = 0; layer < config.layers(); layer++) {
      pairs +=
          AttentionPlan.of(tree, 0, tree.rows(), config.slidingWindow(layer)).stream()
              .mapToLong(AttentionPart::visiblePairs)
              .sum();
    }
    double queryWidth = (double) config.attentionHeads() * config.headDim();
    double keyWidth = (double) config.keyValueHeads() * config.headDim();
    double layerWeights =
        config.hiddenSize() * (2 * queryWidth + 2 * keyWidth + 3.0 * config.intermediateSize());
    double linear = (double) tree.rows() * config.layers() * layerWeights;
    double head = (double) headRows * config.hiddenSize() * config.vocabularySize();
    // Scores and weighted values.
    double attention = 2 * pairs * queryWidth;
    return PER_MULTIPLY_ADD * (linear + head + attention);
  }
}
