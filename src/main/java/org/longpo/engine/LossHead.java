package org.longpo.engine;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.longpo.engine.ModelWeights.OutputHead;
import org.longpo.tensor.DType;
import org.longpo.tensor.Scope;
import org.longpo.tensor.Tensor;
import org.longpo.tree.Targets;

/**
 * From hidden states to log-probabilities and back, tile by tile: [rows, vocabulary] never exists
 * as a whole.
 *
 * <p>Legend: R rows of a tile, M targets of a tile, W hidden size, V vocabulary. Log-probabilities
 * are natural logs.
 */
final class LossHead {
  private final ModelWeights weights;
  private final int tileRows;

  LossHead(ModelWeights weights, int tileRows) {
    this.weights = weights;
    this.tileRows = tileRows;
  }

  /** Targets of one tile: {@code rows} are distinct, {@code rowOf[i]} is the row of target i. */
  private record HeadTile(int[] rows, int[] rowOf, int[] tokens, int[] order) {}

  /** The log-probability of every target; hidden: [all rows, W], before the final norm. */
  double[] logProbs(Tensor hidden, Targets targets) {
    double[] logProbs = new double[targets.size()];
    try (Lease<OutputHead> lease = weights.leaseHead()) {
      forEachTile(
          targets,
          tile -> {
            Tensor logits = wideLogits(lease.weights(), select(hidden, tile));
            Tensor read = atTargets(logits, tile).sub(atRows(logits.logSumExp(1, false), tile));
            scatter(read.toDoubles(), tile, logProbs);
          });
    }
    return logProbs;
  }

  /** The token of largest logit after each of some rows; ties go to the smallest token id. */
  int[] mostLikely(Tensor hidden, int[] rows) {
    int[] tokens = new int[rows.length];
    forEachTile(
        hidden,
        rows,
        (tile, logits) -> {
          long[] best = logits.argmax(1).toLongs();
          for (int i = 0; i < best.length; i++) {
            tokens[tile.start() + i] = (int) best[i];
          }
        });
    return tokens;
  }

  /** What is done with the logits, [tile, V], of some rows; they are freed afterwards. */
  @FunctionalInterface
  interface LogitsWork {
    void on(Tile tile, Tensor logits);
  }

  /**
   * The logits after some rows, tile by tile, in float32 (float64); what is done with them may
   * change them.
   */
  void forEachTile(Tensor hidden, int[] rows, LogitsWork work) {
    try (Lease<OutputHead> lease = weights.leaseHead()) {
      for (Tile tile : Tile.cut(rows.length, tileRows)) {
        try (Scope ignored = Scope.open()) {
          int[] some = Arrays.copyOfRange(rows, tile.start(), tile.end());
          work.on(
              tile,
              wideLogits(lease.weights(), hidden.indexSelect(0, Tensor.of(some, hidden.device()))));
        }
      }
    }
  }

  /** The same of all rows in order; where one tile holds them, nothing is copied for it. */
  void forEachTile(Tensor hidden, LogitsWork work) {
    try (Lease<OutputHead> lease = weights.leaseHead()) {
      for (Tile tile : Tile.cut((int) hidden.size(0), tileRows)) {
        try (Scope ignored = Scope.open()) {
          work.on(tile, wideLogits(lease.weights(), hidden.rows(tile.start(), tile.end())));
        }
      }
    }
  }

  /**
   * Back-propagates {@code sum_i coefficients[i] * logProb_i} and returns the log-probabilities.
   *
   * @param coefficients derivative of the loss with respect to each target's log-probability
   * @param hiddenGradient [all rows, W], zero before, receives the gradient of {@code hidden}
   */
  double[] backward(Tensor hidden, Targets targets, double[] coefficients, Tensor hiddenGradient) {
    double[] logProbs = new double[targets.size()];
    try (Lease<OutputHead> lease = weights.leaseHead()) {
      RmsNorm norm = lease.weights().norm();
      Linear head = lease.weights().projection();
      forEachTile(
          targets,
          tile -> {
            Tensor rows = select(hidden, tile);
            Tensor normed = norm.forward(rows);
            Tensor logits = head.forward(normed);
            DType dtype = logits.dtype();
            Tensor wide = logits.to(dtype.accumulation());
            Tensor target = atTargets(wide, tile);
            // softmax = exp(logits - maximum) / sum, with one exponential for the sum and for
            // itself.
            Tensor maximum = wide.max(1, true);
            Tensor exponentials = wide.subInPlace(maximum).expInPlace();
            Tensor sum = exponentials.sum(1, true);
            Tensor logSumExp = sum.log().addInPlace(maximum).squeeze(1);
            scatter(target.sub(atRows(logSumExp, tile)).toDoubles(), tile, logProbs);

            double[] ofRow = new double[tile.rows().length];
            double[] ofTarget = new double[tile.rowOf().length];
            for (int i = 0; i < ofTarget.length; i++) {
              ofTarget[i] = coefficients[tile.order()[i]];
              ofRow[tile.rowOf()[i]] -= ofTarget[i];
            }
            // d/dlogits = coefficient * (one-hot - softmax), summed over the row's targets.
            Tensor factor =
                Tensor.of(ofRow, hidden.device(), ofRow.length, 1).to(exponentials.dtype());
            Tensor gradient = exponentials.mulInPlace(factor.divInPlace(sum));
            Tensor flatIndex = flatIndex(tile, gradient.size(1), hidden);
            gradient
                .view(-1)
                .indexAddInPlace(
                    0,
                    flatIndex,
                    Tensor.of(ofTarget, hidden.device(), ofTarget.length).to(gradient.dtype()));
            Tensor rowGradient = norm.backward(rows, head.backward(normed, gradient.to(dtype)));
            hiddenGradient.indexAddInPlace(0, Tensor.of(tile.rows(), hidden.device()), rowGradient);
          });
    }
    return logProbs;
  }

  private static Tensor wideLogits(OutputHead head, Tensor rows) {
    Tensor logits = head.projection().forward(head.norm().forward(rows));
    return logits.to(logits.dtype().accumulation());
  }

  private static Tensor select(Tensor hidden, HeadTile tile) {
    return hidden.indexSelect(0, Tensor.of(tile.rows(), hidden.device()));
  }

  /** [R, V] -> [M]. */
  private static Tensor atTargets(Tensor logits, HeadTile tile) {
    return logits.view(-1).indexSelect(0, flatIndex(tile, logits.size(1), logits));
  }

  /** [R] -> [M]. */
  private static Tensor atRows(Tensor ofRows, HeadTile tile) {
    return ofRows.indexSelect(0, Tensor.of(tile.rowOf(), ofRows.device()));
  }

  /** The index of target i in [R, V] read as one vector. */
  private static Tensor flatIndex(HeadTile tile, long vocabulary, Tensor like) {
    int[] index = new int[tile.rowOf().length];
    for (int i = 0; i < index.length; i++) {
      index[i] = Math.toIntExact(tile.rowOf()[i] * vocabulary + tile.tokens()[i]);
    }
    return Tensor.of(index, like.device());
  }

  private static void scatter(double[] values, HeadTile tile, double[] into) {
    for (int i = 0; i < values.length; i++) {
      into[tile.order()[i]] = values[i];
    }
  }

  private interface TileWork {
    void on(HeadTile tile);
  }

  /** Sorts the targets by row and passes them on in tiles of at most {@code tileRows} rows. */
  private void forEachTile(Targets targets, TileWork work) {
    int[] order =
        IntStream.range(0, targets.size())
            .boxed()
            .sorted(Comparator.comparingInt(i -> targets.rows()[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    int from = 0;
    while (from < order.length) {
      int to = from;
      int distinct = 0;
      while (to < order.length) {
        boolean isNew = to == from || targets.rows()[order[to]] != targets.rows()[order[to - 1]];
        if (isNew && distinct == tileRows) {
          break;
        }
        distinct += isNew ? 1 : 0;
        to++;
      }
      int[] rows = new int[distinct];
      int[] rowOf = new int[to - from];
      int[] tokens = new int[to - from];
      int row = -1;
      for (int i = from; i < to; i++) {
        if (row < 0 || rows[row] != targets.rows()[order[i]]) {
          rows[++row] = targets.rows()[order[i]];
        }
        rowOf[i - from] = row;
        tokens[i - from] = targets.tokens()[order[i]];
      }
      try (Scope ignored = Scope.open()) {
        work.on(new HeadTile(rows, rowOf, tokens, Arrays.copyOfRange(order, from, to)));
      }
      from = to;
    }
  }
}
