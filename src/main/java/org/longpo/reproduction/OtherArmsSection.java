package org.longpo.reproduction;

import java.util.List;
import java.util.stream.Stream;

/** All methods after the first round. */
final class OtherArmsSection implements Section {
  @Override
  public String title() {
    return "All methods after the first round";
  }

  @Override
  public List<Block> blocks(Results results) {
    boolean hasOthers =
        results.scale().others().stream().anyMatch(arm -> results.trained(arm, 1).isPresent());
    if (!hasOthers) {
      return List.of();
    }
    ScoreTable table = new ScoreTable(results.longLengths());
    results.base().ifPresent(table::add);
    results.baseRope().ifPresent(table::add);
    Stream.of(Arms.HEADLINE, results.scale().others())
        .flatMap(List::stream)
        .forEach(arm -> results.trained(arm, 1).ifPresent(table::add));
    return List.of(table.text());
  }
}
