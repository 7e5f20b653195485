package org.longpo.reproduction;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Which parts of the run are not finished. */
final class MissingSection implements Section {
  @Override
  public String title() {
    return "What is missing";
  }

  @Override
  public List<Block> blocks(Results results) {
    List<String> lines = new ArrayList<>();
    if (results.base().isEmpty()) {
      lines.add("- the base");
    }
    if (results.baseRope().isEmpty()) {
      lines.add("- the base with raised RoPE");
    }
    ReproductionScale scale = results.scale();
    results.arms().forEach(arm -> rates(results, arm).ifPresent(lines::add));
    int rounds = scale.rounds().size();
    Arms.HEADLINE.forEach(arm -> tests(results, arm, rounds, scale.seeds()).ifPresent(lines::add));
    scale.others().forEach(arm -> tests(results, arm, 1, scale.seeds()).ifPresent(lines::add));
    scale
        .sweeps()
        .forEach(arm -> tests(results, arm, 1, scale.seeds().subList(0, 1)).ifPresent(lines::add));
    return List.of(lines.isEmpty() ? Text.of("Nothing: the run is complete.") : new Text(lines));
  }

  /** "- DPO: round 2 (seeds 2, 3), round 3 (seeds 1, 2, 3)". */
  private static Optional<String> tests(Results results, Arm arm, int rounds, List<Long> seeds) {
    List<String> parts =
        IntStream.rangeClosed(1, rounds)
            .boxed()
            .flatMap(
                round -> {
                  List<Long> missing = new ArrayList<>(seeds);
                  results.trained(arm, round).ifPresent(found -> missing.removeAll(found.seeds()));
                  return missing.isEmpty()
                      ? Stream.<String>empty()
                      : Stream.of(
                          "round %d (%s %s)"
                              .formatted(
                                  round,
                                  missing.size() == 1 ? "seed" : "seeds",
                                  Trained.text(missing)));
                })
            .toList();
    return parts.isEmpty()
        ? Optional.empty()
        : Optional.of("- %s: %s".formatted(arm.name(), String.join(", ", parts)));
  }

  /** "- learning rates of DPO: 1e-4". */
  private static Optional<String> rates(Results results, Arm arm) {
    List<String> missing =
        results.scale().rates().stream()
            .filter(rate -> arm.choosesRate() && results.validation(arm, rate).isEmpty())
            .map(Figures::rate)
            .toList();
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "- learning rates of %s: %s".formatted(arm.name(), String.join(", ", missing)));
  }
}
