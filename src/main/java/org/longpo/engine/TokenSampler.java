package org.longpo.engine;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.longpo.tensor.DType;
import org.longpo.tensor.Device;
import org.longpo.tensor.Tensor;

/**
 * Draws tokens from logits where the logits are: only token ids leave the device.
 *
 * <p>Legend: R rows, one drawn token each; V vocabulary; C candidates, the most likely tokens.
 * Probabilities are float64, so that the token that a random number falls on does not depend on the
 * order of the sums.
 */
final class TokenSampler {
  /** Candidates that are ordered at first: nearly always top-p or min-p end before. */
  private static final int FIRST_CANDIDATES = 1024;

  private final Sampling sampling;

  TokenSampler(Sampling sampling) {
    this.sampling = sampling;
  }

  /** Whether random numbers decide. */
  boolean isRandom() {
    return sampling.temperature() != 0;
  }

  /** Whether earlier tokens decide. */
  boolean penalisesRepetition() {
    return sampling.repetitionPenalty() != 1;
  }

  /**
   * One token for every row.
   *
   * @param logits [R, V] in float32 (float64); used up
   * @param points random numbers in [0, 1), one per row; not read where {@link #isRandom} is false
   * @param seen by row, the tokens that the repetition penalty treats as earlier ones; not read
   *     where {@link #penalisesRepetition} is false
   */
  long[] draw(Tensor logits, double[] points, int[][] seen) {
    if (penalisesRepetition()) {
      penalise(logits, seen);
    }
    if (!isRandom()) {
      return logits.argmax(1).toLongs();
    }
    Tensor wide = logits.to(DType.FLOAT64);
    Tensor weights = wide.sub(wide.max(1, true)).divInPlace(sampling.temperature()).expInPlace();
    Tensor draws = Tensor.of(points, logits.device(), points.length, 1);
    if (keepsEverything()) {
      return chosen(weights, draws).squeeze(1).toLongs();
    }
    long vocabulary = weights.size(1);
    long candidates = Math.min(vocabulary, Math.max(FIRST_CANDIDATES, sampling.topK()));
    if (candidates == vocabulary) {
      return drawn(weights.sorted(), weights, draws).tokens();
    }
    Drawn drawn = drawn(weights.largest(candidates), weights, draws);
    if (sampling.topK() == 0) {
      // Rows of which further candidates may be kept; the others must not change with them.
      int[] left = rowsOf(drawn.lastIsKept());
      if (left.length > 0) {
        Tensor rows = Tensor.of(left, logits.device());
        Tensor some = weights.indexSelect(0, rows);
        long[] again = drawn(some.sorted(), some, draws.indexSelect(0, rows)).tokens();
        for (int i = 0; i < left.length; i++) {
          drawn.tokens()[left[i]] = again[i];
        }
      }
    }
    return drawn.tokens();
  }

  /**
   * @param lastIsKept by row, 1 where no candidate was left out
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record Drawn(long[] tokens, long[] lastIsKept) {}

  private Drawn drawn(Tensor.Ordered ordered, Tensor weights, Tensor draws) {
    Tensor cut = cut(ordered.values(), weights);
    Tensor kept = ordered.values().maskedFillInPlace(cut, 0);
    long[] tokens = ordered.indices().gather(1, chosen(kept, draws)).squeeze(1).toLongs();
    Tensor last = cut.narrow(1, cut.size(1) - 1, 1).squeeze(1);
    return new Drawn(tokens, Arrays.stream(last.toLongs()).map(isCut -> 1 - isCut).toArray());
  }

  private static int[] rowsOf(long[] flags) {
    return IntStream.range(0, flags.length).filter(row -> flags[row] == 1).toArray();
  }

  /** Divides positive and multiplies negative logits of tokens that were there before. */
  private void penalise(Tensor logits, int[][] seen) {
    long vocabulary = logits.size(1);
    int count = Arrays.stream(seen).mapToInt(row -> row.length).sum();
    int[] index = new int[count];
    int at = 0;
    for (int row = 0; row < seen.length; row++) {
      for (int token : seen[row]) {
        index[at++] = Math.toIntExact(row * vocabulary + token);
      }
    }
    Device device = logits.device();
    Tensor where = Tensor.of(index, device);
    Tensor flat = logits.view(-1);
    Tensor values = flat.indexSelect(0, where).to(DType.FLOAT64);
    Tensor zero = Tensor.zeros(values.dtype(), device, 1);
    Tensor positive = values.maximum(zero);
    Tensor negative = values.sub(positive);
    Tensor penalised =
        positive
            .divInPlace(sampling.repetitionPenalty())
            .addInPlace(negative, sampling.repetitionPenalty());
    flat.indexCopyInPlace(0, where, penalised.to(logits.dtype()));
  }

  private boolean keepsEverything() {
    return sampling.topK() == 0 && sampling.topP() == 1 && sampling.minP() == 0;
  }

  /**
   * Which candidates top-k, then top-p, then min-p leave out, [R, C]; never the first.
   *
   * @param ordered weights from large to small, relative to the largest, which is 1
   * @param all weights of the whole vocabulary
   */
  private Tensor cut(Tensor ordered, Tensor all) {
    Device device = ordered.device();
    Tensor cut = Tensor.zeros(DType.BOOL, device, ordered.shape());
    long count =
        sampling.topK() == 0 ? ordered.size(1) : Math.min(sampling.topK(), ordered.size(1));
    if (count < ordered.size(1)) {
      cut.narrow(1, count, ordered.size(1) - count).fillInPlace(1);
    }
    if (sampling.topP() < 1) {
      Tensor sums = ordered.cumulativeSum(1);
      boolean isPart = sampling.topK() == 0 && ordered.size(1) < all.size(1);
      Tensor total = isPart ? all.sum(1, true) : sums.narrow(1, count - 1, 1);
      // A token stays while those before it have not reached top-p.
      Tensor reached = total.mul(sampling.topP()).isAtMost(sums.narrow(1, 0, sums.size(1) - 1));
      cut.narrow(1, 1, sums.size(1) - 1).orInPlace(reached);
    }
    if (sampling.minP() > 0) {
      Tensor least = Tensor.full(sampling.minP(), DType.FLOAT64, device, 1, 1);
      cut.orInPlace(least.isGreaterThan(ordered));
    }
    cut.narrow(1, 0, 1).fillInPlace(0);
    return cut;
  }

  /** The first column whose cumulative weight exceeds the row's random share, [R, 1]. */
  private static Tensor chosen(Tensor weights, Tensor draws) {
    Tensor sums = weights.cumulativeSum(1);
    long columns = weights.size(1);
    Tensor point = draws.mul(sums.narrow(1, columns - 1, 1));
    // Rounding may put the point on the total itself: then the last column with a weight counts.
    Tensor total = sums.narrow(1, columns - 1, 1);
    Tensor passed = sums.isAtMost(point).to(DType.INT64).sum(1, true);
    Tensor most = total.isGreaterThan(sums).to(DType.INT64).sum(1, true);
    return passed.minimum(most);
  }
}
