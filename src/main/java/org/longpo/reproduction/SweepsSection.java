package org.longpo.reproduction;

import java.util.List;
import java.util.Optional;

/** LongPO with one thing changed, all with the first seed. */
final class SweepsSection implements Section {
  @Override
  public String title() {
    return "LongPO with one thing changed";
  }

  @Override
  public List<Block> blocks(Results results) {
    long seed = results.scale().seeds().getFirst();
    Optional<Trained> longPo =
        results.trained(Arms.LONGPO, 1).flatMap(trained -> trained.only(seed));
    List<Trained> sweeps =
        results.scale().sweeps().stream()
            .flatMap(arm -> results.trained(arm, 1).stream())
            .flatMap(trained -> trained.only(seed).stream())
            .toList();
    if (sweeps.isEmpty()) {
      return List.of();
    }
    ScoreTable scores = new ScoreTable(results.longLengths());
    longPo.ifPresent(scores::add);
    sweeps.forEach(scores::add);
    ComparisonTable differences = new ComparisonTable("minus LongPO");
    longPo.ifPresent(
        plain ->
            sweeps.forEach(
                sweep -> differences.add(sweep.name(), sweep, plain, results.longUpTo(1))));
    Text introduction =
        Text.of(
            ("After the first round, seed %d. LongPO itself has no labels swapped, up to %d pairs"
                    + " per document, sampled answers, a tree of tokens for each document, and a"
                    + " sigmoid for each pair.")
                .formatted(seed, PairVariant.PAIRS_PER_DOCUMENT));
    return differences.isEmpty()
        ? List.of(introduction, scores.text())
        : List.of(introduction, scores.text(), differences.text());
  }
}
