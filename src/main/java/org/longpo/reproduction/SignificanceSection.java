package org.longpo.reproduction;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** LongPO against every other model of the same round. */
final class SignificanceSection implements Section {
  @Override
  public String title() {
    return "LongPO against the others";
  }

  @Override
  public List<Block> blocks(Results results) {
    ComparisonTable table = new ComparisonTable("LongPO minus");
    results
        .rounds()
        .forEach(
            round ->
                results
                    .trained(Arms.LONGPO, round)
                    .ifPresent(
                        longPo ->
                            others(results, round)
                                .flatMap(Optional::stream)
                                .forEach(
                                    other ->
                                        table.add(
                                            other.name(),
                                            longPo,
                                            other,
                                            results.longUpTo(round)))));
    return table.isEmpty()
        ? List.of()
        : List.of(
            Text.of(
                "Differences in points of 100; the long score is the mean over the lengths beyond"
                    + " the base's window up to that of the round."),
            table.text());
  }

  private static Stream<Optional<Trained>> others(Results results, int round) {
    List<Arm> first = round == 1 ? results.scale().others() : List.of();
    return Stream.concat(
        Stream.of(results.base(), results.baseRope()),
        Stream.of(Arms.HEADLINE, first)
            .flatMap(List::stream)
            .filter(arm -> !arm.equals(Arms.LONGPO))
            .map(arm -> results.trained(arm, round)));
  }
}
