package org.longpo.objective;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Random;

/** Documents with every reading given, from a seed; chosen and rejected differ in length. */
final class RandomDocuments {
  private RandomDocuments() {}

  static DocumentLogProbs tree(long seed, int pairs) {
    int[] tokens = new int[pairs];
    for (int k = 0; k < pairs; k++) {
      tokens[k] = 40 + 7 * k;
    }
    return new DocumentLogProbs(pairs(new Random(seed), pairs), tokens);
  }

  static DocumentLogProbs chain(long seed, int pairs) {
    return new DocumentLogProbs(pairs(new Random(seed), pairs), 90);
  }

  private static List<PairLogProbs> pairs(Random random, int count) {
    List<PairLogProbs> pairs = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      EnumMap<Reading, double[]> readings = new EnumMap<>(Reading.class);
      for (Reading reading : Reading.values()) {
        int tokens = 3 + k + (reading.response() == Response.CHOSEN ? 0 : 2);
        readings.put(reading, random.doubles(tokens, -3, -0.05).toArray());
      }
      pairs.add(new PairLogProbs(readings));
    }
    return pairs;
  }

  /** The same document with one log-prob moved by {@code step}. */
  static DocumentLogProbs nudged(
      DocumentLogProbs document, int pair, Reading reading, int token, double step) {
    double[] moved = document.pairs().get(pair).get(reading).clone();
    moved[token] += step;
    return with(document, pair, reading, moved);
  }

  static DocumentLogProbs with(
      DocumentLogProbs document, int pair, Reading reading, double[] logProbs) {
    List<PairLogProbs> pairs = new ArrayList<>(document.pairs());
    pairs.set(pair, pairs.get(pair).with(reading, logProbs));
    return new DocumentLogProbs(pairs, document.nllTokens());
  }
}
