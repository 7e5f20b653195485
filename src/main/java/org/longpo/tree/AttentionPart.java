package org.longpo.tree;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A rectangle of the attention matrix: query rows [queryStart, queryEnd) read key rows [keyStart,
 * keyEnd). The parts of a query row are disjoint; their softmaxes are merged by log-sum-exp.
 */
public record AttentionPart(
    int queryStart, int queryEnd, int keyStart, int keyEnd, Visibility visibility) {

  /** Which keys of the rectangle a query sees. */
  public sealed interface Visibility {}

  /** All of them. */
  public record Full() implements Visibility {}

  /** The square on the diagonal: query i sees keys 0..i. */
  public record Causal() implements Visibility {}

  /** The far edge of a sliding window: query i sees keys j with j > i + offset. */
  public record WindowEdge(int offset) implements Visibility {}

  public static final Visibility FULL = new Full();
  public static final Visibility CAUSAL = new Causal();

  /** The same rectangle of queries that stand {@code rows} further on. */
  public AttentionPart shifted(int rows) {
    return new AttentionPart(queryStart + rows, queryEnd + rows, keyStart, keyEnd, visibility);
  }

  /** Makes one rectangle of whole ones over the same keys whose queries are neighbours. */
  public static List<AttentionPart> joined(List<AttentionPart> parts) {
    List<AttentionPart> sorted = new ArrayList<>(parts);
    sorted.sort(
        Comparator.comparingInt(AttentionPart::keyStart)
            .thenComparingInt(AttentionPart::keyEnd)
            .thenComparingInt(AttentionPart::queryStart));
    List<AttentionPart> joined = new ArrayList<>();
    for (AttentionPart part : sorted) {
      if (!joined.isEmpty() && joined.getLast().continuesIn(part)) {
        AttentionPart before = joined.removeLast();
        joined.add(
            new AttentionPart(before.queryStart, part.queryEnd, part.keyStart, part.keyEnd, FULL));
      } else {
        joined.add(part);
      }
    }
    return joined;
  }

  private boolean continuesIn(AttentionPart next) {
    return visibility.equals(FULL)
        && next.visibility.equals(FULL)
        && keyStart == next.keyStart
        && keyEnd == next.keyEnd
        && queryEnd == next.queryStart;
  }

  public int queries() {
    return queryEnd - queryStart;
  }

  public int keys() {
    return keyEnd - keyStart;
  }

  /** Number of (query, key) pairs that are seen. */
  public long visiblePairs() {
    return switch (visibility) {
      case Full ignored -> (long) queries() * keys();
      case Causal ignored -> (long) queries() * (queries() + 1) / 2;
      case WindowEdge edge -> {
        long pairs = 0;
        for (int i = 0; i < queries(); i++) {
          pairs += Math.clamp((long) keys() - 1 - i - edge.offset(), 0, keys());
        }
        yield pairs;
      }
    };
  }
}
