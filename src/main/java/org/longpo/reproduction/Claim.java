package org.longpo.reproduction;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.longpo.evaluation.comparison.Difference;

/**
 * Something that the paper says.
 *
 * @param id in lower case with hyphens, by which reasons are found
 * @param statement a sentence
 * @param parts what is measured for it; all of them must agree
 */
record Claim(String id, String statement, Function<Results, List<Part>> parts) {
  /**
   * A difference of two models, and what the claim says of it.
   *
   * @param what is compared, for where it was not measured: "LongPO minus DPO"
   * @param comparison empty if a model is not finished
   */
  record Part(String what, Optional<Comparison> comparison, Expectation expectation) {
    /** First minus second. */
    static Part of(
        String what,
        Optional<Trained> first,
        Optional<Trained> second,
        Measure measure,
        Expectation expectation) {
      return new Part(
          what,
          first.flatMap(one -> second.map(other -> new Comparison(one, other, measure))),
          expectation);
    }

    Checked check() {
      Optional<Difference> difference = comparison.flatMap(Comparison::difference);
      return new Checked(
          this, difference, difference.map(expectation::of).orElse(Verdict.NOT_MEASURED));
    }
  }

  /** A part with what was measured. */
  record Checked(Part part, Optional<Difference> difference, Verdict verdict) {}

  /** Whether all parts agree; what does not agree decides before what is not known. */
  static Verdict verdict(List<Checked> parts) {
    for (Verdict verdict : List.of(Verdict.DISAGREES, Verdict.NOT_MEASURED, Verdict.NOT_DECIDED)) {
      if (parts.stream().anyMatch(part -> part.verdict() == verdict)) {
        return verdict;
      }
    }
    return Verdict.AGREES;
  }
}
