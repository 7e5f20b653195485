package org.longpo.engine;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Draws the tokens of one sequence from its logits; all its randomness comes from its seed. */
final class Sampler {
  private final Sampling sampling;
  private final SplittableRandom random;
  private final Set<Integer> seen = new HashSet<>();

  /** {@code prompt}: the tokens that the repetition penalty treats as earlier ones. */
  Sampler(Sampling sampling, long seed, int[] prompt) {
    this.sampling = sampling;
    this.random = new SplittableRandom(seed);
    if (sampling.repetitionPenalty() != 1) {
      Arrays.stream(prompt).forEach(seen::add);
    }
  }

  /** The next token; {@code logits}: one per vocabulary entry, changed. */
  int next(float[] logits) {
    penaliseRepetition(logits);
    int token = sampling.temperature() == 0 ? argmax(logits) : draw(logits);
    if (sampling.repetitionPenalty() != 1) {
      seen.add(token);
    }
    return token;
  }

  private void penaliseRepetition(float[] logits) {
    double penalty = sampling.repetitionPenalty();
    for (int token : seen) {
      logits[token] =
          (float) (logits[token] > 0 ? logits[token] / penalty : logits[token] * penalty);
    }
  }

  /** Ties go to the smallest id, as in the reference implementations. */
  private static int argmax(float[] logits) {
    int best = 0;
    for (int i = 1; i < logits.length; i++) {
      if (logits[i] > logits[best]) {
        best = i;
      }
    }
    return best;
  }

  private int draw(float[] logits) {
    double maximum = logits[argmax(logits)];
    double[] weights = new double[logits.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = Math.exp((logits[i] - maximum) / sampling.temperature());
    }
    int[] kept = kept(weights);
    double total = 0;
    for (int token : kept) {
      total += weights[token];
    }
    double point = random.nextDouble() * total;
    for (int token : kept) {
      point -= weights[token];
      if (point < 0) {
        return token;
      }
    }
    return kept[kept.length - 1];
  }

  /** The tokens that top-k, then top-p, then min-p keep; weights are relative to the largest, 1. */
  private int[] kept(double[] weights) {
    boolean everything = sampling.topK() == 0 && sampling.topP() == 1 && sampling.minP() == 0;
    if (everything) {
      return IntStream.range(0, weights.length).toArray();
    }
    int[] order =
        IntStream.range(0, weights.length)
            .boxed()
            .sorted((a, b) -> Double.compare(weights[b], weights[a]))
            .mapToInt(Integer::intValue)
            .toArray();
    int count = sampling.topK() == 0 ? order.length : Math.min(sampling.topK(), order.length);
    double total = 0;
    for (int i = 0; i < count; i++) {
      total += weights[order[i]];
    }
    double sum = 0;
    for (int i = 0; i < count; i++) {
      // A token stays while those before it have not reached top-p.
      if (i > 0 && (sum >= sampling.topP() * total || weights[order[i]] < sampling.minP())) {
        count = i;
        break;
      }
      sum += weights[order[i]];
    }
    return Arrays.copyOf(order, count);
  }
}
