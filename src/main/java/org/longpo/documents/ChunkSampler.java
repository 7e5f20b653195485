package org.longpo.documents;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Draws the chunks of a piece that get an instruction. */
public final class ChunkSampler {
  private ChunkSampler() {}

  /**
   * Draws distinct chunks, each set equally likely, in the order drawn.
   *
   * @param count how many; all chunks if there are no more
   * @param seed one seed, one draw
   */
  public static List<ChunkSpan> sample(List<ChunkSpan> chunks, int count, long seed) {
    if (count < 0) {
      throw new IllegalArgumentException("cannot draw " + count + " chunks");
    }
    SplittableRandom random = new SplittableRandom(seed);
    List<ChunkSpan> left = new ArrayList<>(chunks);
    List<ChunkSpan> drawn = new ArrayList<>();
    while (drawn.size() < count && !left.isEmpty()) {
      drawn.add(left.remove(random.nextInt(left.size())));
    }
    return List.copyOf(drawn);
  }
}
