package org.longpo.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.longpo.checkpoint.ModelConfig;
import org.longpo.tree.TokenTree;

/** Counted again by hand, for one sequence of 7 tokens whose loss is read at 3 rows. */
class UsefulFlopsTest {
  private static final TokenTree TREE = TokenTree.of(List.of(new int[] {1, 2, 3, 4, 5, 6, 7}));

  /** q and o of 32 columns, k and v of 16, three of the MLP's 24. */
  private static final double BLOCK = 16 * (2 * 32 + 2 * 16 + 3 * 24);

  private static final double HEAD = 3 * 16 * 31;

  /** Two operations per multiply-add, scores and weighted values of 4 heads of 8. */
  private static final double PER_PAIR = 2 * 2 * 4 * 8;

  @Test
  void shouldCountMatricesAndVisiblePairs() {
    ModelConfig config = RandomModel.config(4, 2, false, true, true, 0);
    double forward = 2 * (7 * 2 * BLOCK + HEAD);
    double pairs = 2 * 28;
    assertThat(UsefulFlops.ofTrainingStep(config, TREE, 3))
        .isEqualTo(3 * forward + 3 * pairs * PER_PAIR);
    // Without gradients of weights, a third of their share is gone.
    assertThat(UsefulFlops.ofTrainingStep(config, TREE, 3, 0))
        .isEqualTo(2 * forward + 3 * pairs * PER_PAIR);
  }

  /** The tied head counts where it is used; the first layer's window of 5 hides three pairs. */
  @Test
  void shouldCountByTheDescriptionOfEachLayer() {
    ModelConfig config = RandomModel.gemma3(/* tied= */ true);
    double forward = 2 * (7 * 2 * BLOCK + HEAD);
    double pairs = 28 + (28 - 3);
    assertThat(UsefulFlops.ofTrainingStep(config, TREE, 3))
        .isEqualTo(3 * forward + 3 * pairs * PER_PAIR);
  }
}
