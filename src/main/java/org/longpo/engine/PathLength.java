package org.longpo.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.longpo.checkpoint.ModelConfig;
import org.longpo.checkpoint.RopeFrequencies;
import org.longpo.checkpoint.RopeSettings;
import org.longpo.tree.TokenTree;

/**
 * RoPE kinds whose frequencies depend on the total length (dynamic, longrope) choose them from each
 * path's final length; paths that would differ cannot share a pass.
 */
public final class PathLength {
  private PathLength() {}

  /** Whether two path lengths have the same RoPE frequencies and may share a pass. */
  public static boolean canShare(ModelConfig config, int oneLength, int otherLength) {
    return config.layerTypes().stream()
        .map(config::rope)
        .allMatch(rope -> isSame(config, rope, oneLength, otherLength));
  }

  private static boolean isSame(
      ModelConfig config, RopeSettings rope, int oneLength, int otherLength) {
    if (!RopeFrequencies.dependsOnLength(rope) || oneLength == otherLength) {
      return true;
    }
    RopeFrequencies one = frequencies(config, rope, oneLength);
    RopeFrequencies other = frequencies(config, rope, otherLength);
    return Arrays.equals(one.inverse(), other.inverse())
        && one.attentionFactor() == other.attentionFactor();
  }

  /** Indices of path lengths, in groups that may share a pass; the order is kept. */
  public static List<List<Integer>> groups(ModelConfig config, int[] lengths) {
    List<List<Integer>> groups = new ArrayList<>();
    for (int i = 0; i < lengths.length; i++) {
      int length = lengths[i];
      groups.stream()
          .filter(group -> canShare(config, lengths[group.getFirst()], length))
          .findFirst()
          .orElseGet(
              () -> {
                groups.add(new ArrayList<>());
                return groups.getLast();
              })
          .add(i);
    }
    return groups;
  }

  /**
   * The longest path's length.
   *
   * @throws IllegalArgumentException if some path of the tree needs other frequencies
   */
  static int common(ModelConfig config, TokenTree tree) {
    int longest = IntStream.range(0, tree.sequences()).map(tree::length).max().orElseThrow();
    for (int sequence = 0; sequence < tree.sequences(); sequence++) {
      if (!canShare(config, tree.length(sequence), longest)) {
        throw new IllegalArgumentException(
            "paths of "
                + tree.length(sequence)
                + " and "
                + longest
                + " tokens need different RoPE frequencies and cannot share a pass");
      }
    }
    return longest;
  }

  private static RopeFrequencies frequencies(
      ModelConfig config, RopeSettings rope, int pathLength) {
    return RopeFrequencies.of(rope, config.headDim(), config.maxPositionEmbeddings(), pathLength);
  }
}
