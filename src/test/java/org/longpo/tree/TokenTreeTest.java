package org.longpo.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TokenTreeTest {
  @Test
  void shouldShareCommonPrefixOnce() {
    TokenTree tree =
        TokenTree.of(List.of(new int[] {1, 2, 3, 4}, new int[] {1, 2, 5}, new int[] {1, 2, 5, 6}));
    assertThat(tree.tokens()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(tree.positions()).containsExactly(0, 1, 2, 3, 2, 3);
    assertThat(tree.nodes()).hasSize(4);
    assertThat(tree.nodes().getFirst()).isEqualTo(new TokenTree.Node(-1, 0, 2, 0, 6));
    assertThat(tree.rowsOf(2)).containsExactly(0, 1, 4, 5);
    assertThat(tree.unsharedTokens()).isEqualTo(11);
  }

  @Test
  void shouldSeparateSequencesWithoutSharedPrefix() {
    TokenTree tree = TokenTree.of(List.of(new int[] {1, 2}, new int[] {3}));
    assertThat(tree.nodes()).allMatch(TokenTree.Node::isRoot);
    assertThat(tree.positions()).containsExactly(0, 1, 0);
  }

  @Test
  void shouldPredictEveryChildFromLastRowOfNode() {
    TokenTree tree = TokenTree.of(List.of(new int[] {1, 2, 3}, new int[] {1, 2, 4}));
    assertThat(tree.targets(0, 2, 3).rows()).containsExactly(1);
    assertThat(tree.targets(0, 2, 3).tokens()).containsExactly(3);
    assertThat(tree.targets(1, 2, 3).rows()).containsExactly(1);
    assertThat(tree.targets(1, 2, 3).tokens()).containsExactly(4);
    assertThatIllegalArgumentException().isThrownBy(() -> tree.targets(0, 0, 1));
  }

  @Test
  void shouldRefuseEmptyBranch() {
    assertThatIllegalArgumentException().isThrownBy(() -> TokenTree.of(List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TokenTree.of(List.of(new int[] {1}, new int[0])))
        .withMessageContaining("sequence 1");
  }

  @Test
  void shouldGiveBackEverySequence() {
    Random random = new Random(7);
    for (int trial = 0; trial < 200; trial++) {
      List<int[]> sequences = randomSequences(random);
      TokenTree tree = TokenTree.of(sequences);
      for (int s = 0; s < sequences.size(); s++) {
        int[] rows = tree.rowsOf(s);
        int[] tokens = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
          tokens[i] = tree.token(rows[i]);
          assertThat(tree.positions()[rows[i]]).isEqualTo(i);
        }
        assertThat(tokens).isEqualTo(sequences.get(s));
        assertThat(tree.lastRowOf(s)).isEqualTo(rows[rows.length - 1]);
      }
    }
  }

  /** Two rows that a shared beginning of two tokens would save are too few, four are enough. */
  @Test
  void shouldShareOnlyWhereThatSavesEnoughRows() {
    List<int[]> two = List.of(new int[] {1, 2, 3}, new int[] {1, 2, 4});
    List<int[]> three = List.of(new int[] {1, 2, 3}, new int[] {1, 2, 4}, new int[] {1, 2, 5});
    assertThat(TokenTree.of(two, new int[] {3, 3}, 3).rows()).isEqualTo(6);
    assertThat(TokenTree.of(three, new int[] {3, 3, 3}, 3).rows()).isEqualTo(5);
    // Not the first token of all, but what two of them share beyond it.
    List<int[]> deep = List.of(new int[] {1, 8}, new int[] {1, 2, 3, 4, 5}, new int[] {1, 2, 3, 4});
    assertThat(TokenTree.of(deep, new int[] {2, 5, 4}, 4).rows()).isEqualTo(2 + 5);
  }

  /** Tokens after the shareable ones are no other sequence's, even where they agree. */
  @Test
  void shouldKeepTheEndOfASequenceToItself() {
    List<int[]> sequences = List.of(new int[] {1, 2, 3, 4}, new int[] {1, 2, 3, 5});
    TokenTree tree = TokenTree.of(sequences, new int[] {2, 4}, 1);
    assertThat(tree.tokens()).containsExactly(1, 2, 3, 4, 3, 5);
    assertThat(tree.nodes().getFirst().length()).isEqualTo(2);
  }

  @Test
  void shouldGiveBackEverySequenceHoweverMuchIsShared() {
    Random random = new Random(8);
    for (int trial = 0; trial < 200; trial++) {
      List<int[]> sequences = randomSequences(random);
      int[] shareable = sequences.stream().mapToInt(s -> random.nextInt(s.length + 1)).toArray();
      TokenTree tree = TokenTree.of(sequences, shareable, 1 + random.nextInt(6));
      for (int s = 0; s < sequences.size(); s++) {
        int[] rows = tree.rowsOf(s);
        assertThat(IntStream.of(rows).map(tree::token).toArray()).isEqualTo(sequences.get(s));
        for (int other = 0; other < s; other++) {
          int[] otherRows = tree.rowsOf(other);
          int both = Math.min(shareable[s], shareable[other]);
          for (int i = both; i < Math.min(rows.length, otherRows.length); i++) {
            assertThat(rows[i]).isNotEqualTo(otherRows[i]);
          }
        }
      }
    }
  }

  static List<int[]> randomSequences(Random random) {
    List<int[]> sequences = new ArrayList<>();
    int count = 1 + random.nextInt(6);
    for (int i = 0; i < count; i++) {
      // Two tokens only, so that long prefixes are shared often.
      sequences.add(random.ints(1 + random.nextInt(12), 0, 2).toArray());
    }
    return sequences;
  }
}
