package org.longpo.engine.attention;

import org.longpo.tensor.Tensor;

/**
 * How query heads meet the key/value head of their group.
 *
 * <p>Legend: Q queries, K keys, H = G x N query heads, G key/value heads, N the group's size, D
 * head dimension. Here rows come first ([Q, H, D]); kernels want heads first.
 */
record Heads(long keyValueHeads, long group) {
  static Heads of(Tensor q, Tensor k) {
    return new Heads(k.size(1), q.size(1) / k.size(1));
  }

  /** [Q, H, D] -> [G, N, Q, D], a view: the group as a second head dimension. */
  Tensor grouped(Tensor q) {
    return q.view(q.size(0), keyValueHeads, group, q.size(2)).permute(1, 2, 0, 3);
  }

  /** [G, N, Q, D] -> [Q, H, D]. */
  Tensor ungrouped(Tensor q) {
    return q.permute(2, 0, 1, 3).reshape(q.size(2), keyValueHeads * group, q.size(3));
  }

  /** [Q, H] -> [G, N, Q]. */
  Tensor groupedStatistic(Tensor s) {
    return s.view(s.size(0), keyValueHeads, group).permute(1, 2, 0);
  }

  /** [G, N, Q] -> [Q, H]. */
  Tensor ungroupedStatistic(Tensor s) {
    return s.permute(2, 0, 1).reshape(s.size(2), keyValueHeads * group);
  }

  /** [K, G, D] -> [G, N, K, D] with stride 0 over the group: nothing is copied. */
  Tensor repeated(Tensor k) {
    return k.permute(1, 0, 2).unsqueeze(1).expand(keyValueHeads, group, k.size(0), k.size(2));
  }

  /** Gradient of {@link #repeated}: [G, N, K, D] -> [K, G, D]. */
  Tensor summedOverGroup(Tensor k) {
    Tensor single = group == 1 ? k.squeeze(1) : k.sum(1, false);
    return single.permute(1, 0, 2);
  }

  /** [K, G, D] -> [1, G, K, D], a view. */
  Tensor plain(Tensor k) {
    return k.permute(1, 0, 2).unsqueeze(0);
  }

  /** [1, G, K, D] -> [K, G, D], a view. */
  Tensor unplain(Tensor k) {
    return k.squeeze(0).permute(1, 0, 2);
  }

  /** [Q, H, D] -> [1, G, Q N, D]: the group's queries as rows beside each other. */
  Tensor folded(Tensor q) {
    return q.view(q.size(0), keyValueHeads, group, q.size(2))
        .permute(1, 0, 2, 3)
        .reshape(1, keyValueHeads, q.size(0) * group, q.size(2));
  }

  /** [1, G, Q N, D] -> [Q, H, D]. */
  Tensor unfolded(Tensor q) {
    long queries = q.size(2) / group;
    return q.reshape(keyValueHeads, queries, group, q.size(3))
        .permute(1, 0, 2, 3)
        .reshape(queries, keyValueHeads * group, q.size(3));
  }

  /** [Q, H] -> [1, G, Q N]. */
  Tensor foldedStatistic(Tensor s) {
    return s.view(s.size(0), keyValueHeads, group)
        .permute(1, 0, 2)
        .reshape(1, keyValueHeads, s.size(0) * group);
  }

  /** [1, G, Q N] -> [Q, H]. */
  Tensor unfoldedStatistic(Tensor s) {
    long queries = s.size(2) / group;
    return s.reshape(keyValueHeads, queries, group)
        .permute(1, 0, 2)
        .reshape(queries, keyValueHeads * group);
  }
}
