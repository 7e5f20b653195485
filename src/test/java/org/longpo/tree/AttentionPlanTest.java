package org.longpo.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The parts of a plan cover exactly what each row may see, each pair once. */
class AttentionPlanTest {
  private static final int TRIALS = 200;

  @Test
  void shouldCoverAncestorsAndOwnPast() {
    Random random = new Random(1);
    for (int trial = 0; trial < TRIALS; trial++) {
      TokenTree tree = TokenTree.of(TokenTreeTest.randomSequences(random));
      check(tree, 0, tree.rows(), OptionalInt.empty());
    }
  }

  @Test
  void shouldCoverAnyRangeOfRows() {
    Random random = new Random(2);
    for (int trial = 0; trial < TRIALS; trial++) {
      TokenTree tree = TokenTree.of(TokenTreeTest.randomSequences(random));
      int from = random.nextInt(tree.rows());
      check(tree, from, from + 1 + random.nextInt(tree.rows() - from), OptionalInt.empty());
    }
  }

  @Test
  void shouldCoverSlidingWindow() {
    Random random = new Random(3);
    for (int trial = 0; trial < TRIALS; trial++) {
      TokenTree tree = TokenTree.of(TokenTreeTest.randomSequences(random));
      int from = random.nextInt(tree.rows());
      OptionalInt window = OptionalInt.of(1 + random.nextInt(14));
      check(tree, from, from + 1 + random.nextInt(tree.rows() - from), window);
    }
  }

  private static void check(TokenTree tree, int from, int to, OptionalInt window) {
    Set<List<Integer>> expected = new HashSet<>();
    int[] positions = tree.positions();
    for (int s = 0; s < tree.sequences(); s++) {
      int[] rows = tree.rowsOf(s);
      for (int query : rows) {
        for (int key : rows) {
          int distance = positions[query] - positions[key];
          if (from <= query
              && query < to
              && distance >= 0
              && (window.isEmpty() || distance < window.getAsInt())) {
            expected.add(List.of(query, key));
          }
        }
      }
    }
    Set<List<Integer>> actual = new HashSet<>();
    for (AttentionPart part : AttentionPlan.of(tree, from, to, window)) {
      long pairs = 0;
      for (int i = 0; i < part.queries(); i++) {
        boolean any = false;
        for (int j = 0; j < part.keys(); j++) {
          boolean visible =
              switch (part.visibility()) {
                case AttentionPart.Full ignored -> true;
                case AttentionPart.Causal ignored -> j <= i;
                case AttentionPart.WindowEdge edge -> j > i + edge.offset();
              };
          if (visible) {
            any = true;
            pairs++;
            assertThat(actual.add(List.of(part.queryStart() + i, part.keyStart() + j)))
                .as("each pair once")
                .isTrue();
          }
        }
        assertThat(any).as("no row of a part is blind").isTrue();
      }
      assertThat(pairs).isEqualTo(part.visiblePairs());
    }
    assertThat(actual).isEqualTo(expected);
  }
}
