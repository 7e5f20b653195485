package org.longpo.engine.attention;

import java.util.ArrayList;
import java.util.List;
import org.longpo.tensor.Tensor;

/**
 * Layouts in which query heads are multiplied with the key/value head of their group: all heads, or
 * a range of them.
 *
 * <p>Legend: Q queries, K keys, H query heads, G key/value heads, N the group's size, D head
 * dimension; h = g x N and g those of the range. Elsewhere rows come first ([Q, H, D]); kernels
 * need heads first.
 *
 * @param first the range's first key/value head
 * @param keyValueHeads key/value heads of the range
 * @param group query heads of each
 */
record Heads(long first, long keyValueHeads, long group) {
  static Heads of(Tensor q, Tensor k) {
    return new Heads(0, k.size(1), q.size(1) / k.size(1));
  }

  /** The same in ranges of at most this number of key/value heads. */
  List<Heads> split(long most) {
    List<Heads> ranges = new ArrayList<>();
    for (long done = 0; done < keyValueHeads; done += ranges.getLast().keyValueHeads) {
      ranges.add(new Heads(first + done, Math.min(most, keyValueHeads - done), group));
    }
    return ranges;
  }

  /** Of all query heads, in dimension 1, those of the range: a view. */
  private Tensor ofQueries(Tensor all) {
    return all.narrow(1, first * group, keyValueHeads * group);
  }

  /** Of all key/value heads, in dimension 1, those of the range: a view. */
  private Tensor ofKeys(Tensor all) {
    return all.narrow(1, first, keyValueHeads);
  }

  /** [Q, H, D] -> [g, N, Q, D], a view: the group as a second head dimension. */
  Tensor grouped(Tensor q) {
    return ofQueries(q).view(q.size(0), keyValueHeads, group, q.size(2)).permute(1, 2, 0, 3);
  }

  /** [g, N, Q, D] -> [Q, h, D]. */
  Tensor ungrouped(Tensor q) {
    return q.permute(2, 0, 1, 3).reshape(q.size(2), keyValueHeads * group, q.size(3));
  }

  /** [Q, H] -> [g, N, Q], a view. */
  Tensor groupedStatistic(Tensor s) {
    return ofQueries(s).view(s.size(0), keyValueHeads, group).permute(1, 2, 0);
  }

  /** [g, N, Q] -> [Q, h]. */
  Tensor ungroupedStatistic(Tensor s) {
    return s.permute(2, 0, 1).reshape(s.size(2), keyValueHeads * group);
  }

  /** [K, G, D] -> [g, N, K, D] with stride 0 over the group: nothing is copied. */
  Tensor repeated(Tensor k) {
    return ofKeys(k)
        .permute(1, 0, 2)
        .unsqueeze(1)
        .expand(keyValueHeads, group, k.size(0), k.size(2));
  }

  /** Adds the gradient of {@link #repeated}, [g, N, K, D], to that of its argument, [K, G, D]. */
  void addOverGroup(Tensor sum, Tensor repeated) {
    Tensor heads = ofKeys(sum).permute(1, 0, 2);
    for (long i = 0; i < group; i++) {
      heads.addInPlace(repeated.narrow(1, i, 1).squeeze(1));
    }
  }

  /** [K, G, D] -> [1, g, K, D], a view. */
  Tensor plain(Tensor k) {
    return ofKeys(k).permute(1, 0, 2).unsqueeze(0);
  }

  /** [1, g, K, D] -> [K, g, D], a view. */
  Tensor unplain(Tensor k) {
    return k.squeeze(0).permute(1, 0, 2);
  }

  /** [Q, H, D] -> [1, g, Q N, D]: the group's queries as neighbouring rows. */
  Tensor folded(Tensor q) {
    return ofQueries(q)
        .view(q.size(0), keyValueHeads, group, q.size(2))
        .permute(1, 0, 2, 3)
        .reshape(1, keyValueHeads, q.size(0) * group, q.size(2));
  }

  /** [1, g, Q N, D] -> [Q, h, D]. */
  Tensor unfolded(Tensor q) {
    long queries = q.size(2) / group;
    return q.reshape(keyValueHeads, queries, group, q.size(3))
        .permute(1, 0, 2, 3)
        .reshape(queries, keyValueHeads * group, q.size(3));
  }

  /** [Q, H] -> [1, g, Q N]. */
  Tensor foldedStatistic(Tensor s) {
    return ofQueries(s)
        .view(s.size(0), keyValueHeads, group)
        .permute(1, 0, 2)
        .reshape(1, keyValueHeads, s.size(0) * group);
  }

  /** [1, g, Q N] -> [Q, h]. */
  Tensor unfoldedStatistic(Tensor s) {
    long queries = s.size(2) / group;
    return s.reshape(keyValueHeads, queries, group)
        .permute(1, 0, 2)
        .reshape(queries, keyValueHeads * group);
  }
}
