package org.longpo.engine;

import org.longpo.checkpoint.ExpectedTensors;
import org.longpo.checkpoint.ExpectedTensors.ExpectedTensor;
import org.longpo.checkpoint.ModelConfig;
import org.longpo.tree.AttentionPart;
import org.longpo.tree.AttentionPlan;
import org.longpo.tree.TokenTree;

/**
 * The floating-point operations that a step needs: two per multiply-add of a weight or of a (query,
 * key) pair that is seen, three times for forward and backward, twice for a weight that is not
 * trained. Recomputation, masked halves and element-wise work do not count.
 */
public final class UsefulFlops {
  private static final double PER_MULTIPLY_ADD = 2;

  private UsefulFlops() {}

  /** Of one training step over a tree, the loss being read at {@code headRows} rows. */
  public static double ofTrainingStep(ModelConfig config, TokenTree tree, long headRows) {
    return ofTrainingStep(config, tree, headRows, 1);
  }

  /**
   * The same, where not all weights are trained.
   *
   * @param trainedShare share of the weights that need gradients of their own
   */
  public static double ofTrainingStep(
      ModelConfig config, TokenTree tree, long headRows, double trainedShare) {
    return (2 + trainedShare) * ofWeights(config, tree, headRows) + 3 * ofAttention(config, tree);
  }

  private static double ofAttention(ModelConfig config, TokenTree tree) {
    double pairs = 0;
    for (int layer = 0; layer < config.layers(); layer++) {
      pairs +=
          AttentionPlan.of(tree, 0, tree.rows(), config.slidingWindow(layer)).stream()
              .mapToLong(AttentionPart::visiblePairs)
              .sum();
    }
    // Scores and weighted values.
    return PER_MULTIPLY_ADD * 2 * pairs * config.attentionHeads() * config.headDim();
  }

  private static double ofWeights(ModelConfig config, TokenTree tree, long headRows) {
    double blocks = 0;
    for (ExpectedTensor weight : ExpectedTensors.of(config)) {
      // Every matrix between embedding and head multiplies every row.
      if (weight.dimensions().size() == 2
          && !weight.name().equals(ExpectedTensors.EMBEDDING)
          && !weight.name().equals(ExpectedTensors.HEAD)) {
        blocks += (double) weight.dimensions().get(0) * weight.dimensions().get(1);
      }
    }
    double head = (double) headRows * config.hiddenSize() * config.vocabularySize();
    return PER_MULTIPLY_ADD * (tree.rows() * blocks + head);
  }
}
