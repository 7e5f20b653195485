package org.longpo.engine.attention;

import java.util.List;
import org.longpo.tensor.DType;
import org.longpo.tensor.Scope;
import org.longpo.tensor.Tensor;
import org.longpo.tree.AttentionPart.Visibility;

/**
 * Attention block by block with matrix products: for every element type, device and visibility.
 *
 * <p>Legend: Q queries, K keys, H query heads, G key/value heads, R query rows of a block (queries
 * x group), C keys of a block, D head dimension.
 *
 * <p>Backward saves its passes over the [R, C] scores by one idea: two more columns in the
 * products. With (q, logSumExp high, logSumExp low) and (k, -1, -1) the first product gives score -
 * logSumExp directly; with (outGradient, delta high, delta low) and (v, -1, -1) the second gives dP
 * - delta. Split into a high and a low part the statistics lose no precision in 16 bits: the small
 * difference is rounded, not its large parts.
 */
final class BlockedKernel implements AttentionKernel {
  /** Query rows and keys of a block: as large as fits into the last-level cache with its copies. */
  private static final int QUERY_ROWS = 1024;

  private static final int KEYS = 1024;

  /** Stands for "no maximum yet": below every score, and its differences stay finite. */
  private static final double LOWEST = -1e30;

  @Override
  public Output forward(Tensor q, Tensor k, Tensor v, Visibility visibility, double scale) {
    Heads heads = Heads.of(q, k);
    Tensor out = Tensor.empty(q.dtype(), q.device(), q.shape());
    Tensor logSumExp = Tensor.empty(q.dtype().accumulation(), q.device(), q.size(0), q.size(1));
    for (Block queries : queryBlocks(q, heads)) {
      try (Scope ignored = Scope.open()) {
        Tensor query = heads.folded(rows(q, queries)).squeeze(0).mul(scale);
        RunningSoftmax softmax = new RunningSoftmax(query);
        for (Block keys : queries.seenKeys(visibility, (int) k.size(0)).cut(KEYS)) {
          try (Scope block = Scope.open()) {
            Tensor scores = query.matmul(headsFirst(rows(k, keys)).transpose(1, 2));
            Mask.apply(scores, visibility, queries, keys);
            softmax.add(scores, headsFirst(rows(v, keys)));
          }
        }
        rows(out, queries).copyInPlace(heads.unfolded(softmax.out().unsqueeze(0)));
        rows(logSumExp, queries)
            .copyInPlace(heads.unfoldedStatistic(softmax.logSumExp().squeeze(2).unsqueeze(0)));
      }
    }
    return new Output(out, logSumExp);
  }

  @Override
  public void backward(
      Saved saved,
      Tensor q,
      Tensor k,
      Tensor v,
      Visibility visibility,
      double scale,
      Gradients gradients) {
    Heads heads = Heads.of(q, k);
    DType exact = q.dtype().accumulation();
    Tensor keyAndOnes = withMinusOnes(headsFirst(k));
    Tensor valueAndOnes = withMinusOnes(headsFirst(v));
    Tensor keyGradient = headsFirst(gradients.key());
    Tensor valueGradient = headsFirst(gradients.value());
    for (Block queries : queryBlocks(q, heads)) {
      try (Scope ignored = Scope.open()) {
        Tensor query = heads.folded(rows(q, queries)).squeeze(0).mul(scale);
        Tensor outGradient = heads.folded(rows(saved.outGradient(), queries)).squeeze(0);
        Tensor delta =
            rows(saved.outGradient(), queries)
                .to(exact)
                .mul(rows(saved.out(), queries))
                .sum(2, false);
        Tensor queryAndSum = withSplit(query, statistic(heads, rows(saved.logSumExp(), queries)));
        Tensor gradientAndDelta = withSplit(outGradient, statistic(heads, delta));
        Tensor queryGradient = Tensor.zeros(exact, q.device(), query.shape());
        for (Block keys : queries.seenKeys(visibility, (int) k.size(0)).cut(KEYS)) {
          try (Scope block = Scope.open()) {
            Tensor key = columns(keyAndOnes, keys);
            Tensor probabilities = queryAndSum.matmul(key.transpose(1, 2));
            Mask.apply(probabilities, visibility, queries, keys);
            probabilities.expInPlace();
            Tensor scoreGradient =
                gradientAndDelta
                    .matmul(columns(valueAndOnes, keys).transpose(1, 2))
                    .mulInPlace(probabilities);
            accumulate(columns(valueGradient, keys), probabilities.transpose(1, 2), outGradient);
            accumulate(columns(keyGradient, keys), scoreGradient.transpose(1, 2), query);
            accumulate(queryGradient, scoreGradient, key.narrow(2, 0, k.size(2)));
          }
        }
        rows(gradients.query(), queries)
            .addInPlace(heads.unfolded(queryGradient.unsqueeze(0)), scale);
      }
    }
  }

  private static List<Block> queryBlocks(Tensor q, Heads heads) {
    int queries = Math.max(1, QUERY_ROWS / (int) heads.group());
    return new Block(0, (int) q.size(0)).cut(queries);
  }

  private static Tensor rows(Tensor tensor, Block block) {
    return tensor.rows(block.start(), block.end());
  }

  private static Tensor columns(Tensor tensor, Block block) {
    return tensor.narrow(1, block.start(), block.length());
  }

  /** [K, G, D] -> [G, K, D], a view. */
  private static Tensor headsFirst(Tensor k) {
    return k.permute(1, 0, 2);
  }

  /** [Q, H] -> [G, R, 1]. */
  private static Tensor statistic(Heads heads, Tensor statistic) {
    return heads.foldedStatistic(statistic).squeeze(0).unsqueeze(2);
  }

  /** [G, K, D] -> [G, K, D + 2] with two columns of -1. */
  private static Tensor withMinusOnes(Tensor k) {
    Tensor ones = Tensor.full(-1, k.dtype(), k.device(), k.size(0), k.size(1), 2);
    return Tensor.concatenate(List.of(k, ones), 2);
  }

  /** [G, R, D] and [G, R, 1] -> [G, R, D + 2]: the statistic as a high and a low part. */
  private static Tensor withSplit(Tensor rows, Tensor statistic) {
    Tensor high = statistic.to(rows.dtype());
    Tensor low = statistic.sub(high).to(rows.dtype());
    return Tensor.concatenate(List.of(rows, high, low), 2);
  }

  /** {@code sum += left x right}; the sum is exact, the factors may be of 16 bits. */
  private static void accumulate(Tensor sum, Tensor left, Tensor right) {
    if (sum.dtype() == left.dtype()) {
      sum.addBatchMatmulInPlace(left, right, 1, 1);
    } else {
      sum.addInPlace(left.matmul(right));
    }
  }

  /** Softmax-weighted values, key block after key block. */
  private static final class RunningSoftmax {
    private final Tensor numerator;
    private final Tensor denominator;
    private final Tensor maximum;
    private final DType dtype;

    /** query: [G, R, D]. */
    RunningSoftmax(Tensor query) {
      dtype = query.dtype();
      DType exact = dtype.accumulation();
      long groups = query.size(0);
      long rows = query.size(1);
      numerator = Tensor.zeros(exact, query.device(), query.shape());
      denominator = Tensor.zeros(exact, query.device(), groups, rows, 1);
      maximum = Tensor.full(LOWEST, exact, query.device(), groups, rows, 1);
    }

    /** scores: [G, R, C], used up; value: [G, C, D]. */
    void add(Tensor scores, Tensor value) {
      // Passes over 16-bit numbers take longer than converting them and passing over 32 bits.
      Tensor weights = scores.to(dtype.accumulation());
      Tensor newMaximum = maximum.maximum(weights.max(-1, true));
      Tensor decay = maximum.sub(newMaximum).expInPlace();
      weights.subInPlace(newMaximum).expInPlace();
      denominator.mulInPlace(decay).addInPlace(weights.sum(-1, true));
      numerator.mulInPlace(decay);
      accumulate(numerator, weights.to(dtype), value);
      maximum.copyInPlace(newMaximum);
    }

    Tensor out() {
      return numerator.divInPlace(denominator).to(dtype);
    }

    Tensor logSumExp() {
      return denominator.log().addInPlace(maximum);
    }
  }
}
