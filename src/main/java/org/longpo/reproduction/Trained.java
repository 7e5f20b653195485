package org.longpo.reproduction;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.longpo.evaluation.comparison.CrossedScores;

/**
 * The models of an arm after a round, one for each seed that is finished; or the base.
 *
 * @param arm its id, or that of the base's record
 * @param name for tables
 * @param round from 1; 0 for the base
 * @param bySeed at least one
 */
record Trained(String arm, String name, int round, SortedMap<Long, ArmRecord> bySeed) {
  Trained {
    bySeed = Collections.unmodifiableSortedMap(new TreeMap<>(bySeed));
  }

  boolean isBase() {
    return round == 0;
  }

  SortedSet<Long> seeds() {
    return new TreeSet<>(bySeed.keySet());
  }

  /** The same with one seed alone; empty if that is not finished. */
  Optional<Trained> only(long seed) {
    return Optional.ofNullable(bySeed.get(seed))
        .map(record -> new Trained(arm, name, round, new TreeMap<>(Map.of(seed, record))));
  }

  /** "1, 2, 3"; nothing for the base, which has none. */
  String seedsText() {
    return isBase() ? Figures.NONE : text(bySeed.keySet());
  }

  static String text(Collection<Long> seeds) {
    return seeds.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  /** "LongPO (round 2)". */
  String nameWithRound() {
    return isBase() ? name : "%s (round %d)".formatted(name, round);
  }

  /** What its records have scores of, by task and length. */
  List<ScoreKey> keys() {
    return first().scores().keySet().stream()
        .map(ScoreKey::parse)
        .sorted(Comparator.comparing(ScoreKey::task).thenComparing(ScoreKey::length))
        .toList();
  }

  /** Empty if there is no score of this kind. */
  Optional<CrossedScores> scores(Measure measure) {
    return scores(measure, bySeed.keySet());
  }

  /**
   * @param seeds for the base any: training has none of them
   */
  Optional<CrossedScores> scores(Measure measure, Collection<Long> seeds) {
    List<ArmRecord> records = seeds.stream().map(this::record).toList();
    List<List<List<Double>>> strata = new ArrayList<>();
    for (String key : new TreeSet<>(first().scores().keySet())) {
      if (measure.covers(ScoreKey.parse(key))) {
        strata.add(records.stream().map(record -> scoresOf(record, key)).toList());
      }
    }
    return strata.isEmpty() || records.isEmpty()
        ? Optional.empty()
        : Optional.of(CrossedScores.of(strata));
  }

  private ArmRecord record(long seed) {
    ArmRecord found = isBase() ? first() : bySeed.get(seed);
    if (found == null) {
      throw new IllegalArgumentException("%s has no seed %d".formatted(name, seed));
    }
    return found;
  }

  private ArmRecord first() {
    return bySeed.firstEntry().getValue();
  }

  private static List<Double> scoresOf(ArmRecord record, String key) {
    List<Double> scores = record.scores().get(key);
    if (scores == null) {
      throw new IllegalArgumentException("%s has no %s".formatted(record.key(), key));
    }
    return scores;
  }
}
