package org.longpo.reproduction;

import java.util.Optional;
import java.util.SortedSet;
import org.longpo.evaluation.comparison.CrossedScores;
import org.longpo.evaluation.comparison.Difference;
import org.longpo.evaluation.comparison.PairedScores;

/** How much greater a score of one model is than that of another, over the seeds that both have. */
record Comparison(Trained first, Trained second, Measure measure) {
  /** Those of both; of the base there are all. */
  SortedSet<Long> seeds() {
    SortedSet<Long> seeds = first.isBase() ? second.seeds() : first.seeds();
    if (!first.isBase() && !second.isBase()) {
      seeds.retainAll(second.seeds());
    }
    return seeds;
  }

  /** First less second; empty without a common seed, or if one has no such score. */
  Optional<CrossedScores> margins() {
    return paired().map(pair -> pair.first().minus(pair.second()));
  }

  /** The same with its interval. */
  Optional<Difference> difference() {
    return paired().flatMap(pair -> PairedScores.difference(pair.second(), pair.first()));
  }

  private record Paired(CrossedScores first, CrossedScores second) {}

  private Optional<Paired> paired() {
    SortedSet<Long> seeds = seeds();
    return first
        .scores(measure, seeds)
        .flatMap(one -> second.scores(measure, seeds).map(other -> new Paired(one, other)));
  }
}
