package org.longpo.tiny;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Learns byte-pair merges from counted words (Sennrich et al. 2016): the most frequent pair of
 * neighbours becomes one symbol, again and again. Ties go to the pair that sorts first, so the same
 * words always give the same merges.
 */
final class BytePairMerges {
  /** Two neighbours and, joined, their symbol. */
  record Pair(String left, String right) implements Comparable<Pair> {
    String joined() {
      return left + right;
    }

    @Override
    public int compareTo(Pair other) {
      int byLeft = left.compareTo(other.left);
      return byLeft != 0 ? byLeft : right.compareTo(other.right);
    }
  }

  private final Map<List<String>, Long> words = new LinkedHashMap<>();
  private final List<Pair> merges = new ArrayList<>();

  /**
   * @param counts how often each word occurs, a character per byte
   */
  BytePairMerges(Map<String, Long> counts) {
    new TreeMap<>(counts).forEach((word, count) -> words.put(List.of(word.split("")), count));
  }

  /** A merge that is wanted whatever the counts say. */
  void merge(String left, String right) {
    apply(new Pair(left, right));
  }

  /** Merges until every pair that is left is rarer than {@code least}. */
  void learn(long least) {
    while (true) {
      Map<Pair, Long> counts = new HashMap<>();
      words.forEach(
          (symbols, count) -> {
            for (int i = 0; i + 1 < symbols.size(); i++) {
              counts.merge(new Pair(symbols.get(i), symbols.get(i + 1)), count, Long::sum);
            }
          });
      Map.Entry<Pair, Long> best =
          counts.entrySet().stream()
              .max(
                  Map.Entry.<Pair, Long>comparingByValue()
                      .thenComparing(Map.Entry.comparingByKey(Collections.reverseOrder())))
              .orElse(null);
      if (best == null || best.getValue() < least) {
        return;
      }
      apply(best.getKey());
    }
  }

  /** In the order in which a tokenizer applies them. */
  List<Pair> merges() {
    return List.copyOf(merges);
  }

  private void apply(Pair pair) {
    merges.add(pair);
    Map<List<String>, Long> merged = new LinkedHashMap<>();
    words.forEach((symbols, count) -> merged.merge(merged(symbols, pair), count, Long::sum));
    words.clear();
    words.putAll(merged);
  }

  private static List<String> merged(List<String> symbols, Pair pair) {
    List<String> result = new ArrayList<>();
    for (int i = 0; i < symbols.size(); i++) {
      boolean hit =
          i + 1 < symbols.size()
              && symbols.get(i).equals(pair.left())
              && symbols.get(i + 1).equals(pair.right());
      result.add(hit ? pair.joined() : symbols.get(i));
      i += hit ? 1 : 0;
    }
    return result;
  }
}
