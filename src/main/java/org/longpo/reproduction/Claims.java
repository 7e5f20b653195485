package org.longpo.reproduction;

import java.util.List;
import java.util.Optional;
import org.longpo.reproduction.Claim.Part;

/** The claims of the paper. Where it has several rounds, the last that both models have counts. */
final class Claims {
  private static final Arm SFT = Results.arm("sft");
  private static final Arm DPO = Results.arm("dpo");
  private static final Arm UNCONSTRAINED = Results.arm("longpo-unconstrained");
  private static final Arm WITHOUT_NLL = Results.arm("longpo-without-nll");

  static final List<Claim> ALL =
      List.of(
          new Claim(
              "long-is-lifted",
              "LongPO lifts long scores over the base with raised RoPE.",
              results -> List.of(longOverBase(results))),
          new Claim(
              "short-is-kept",
              "LongPO keeps what the base can do: neither the short score nor that at %d tokens is"
                      .formatted(Measure.WINDOW_TOKENS)
                  + " significantly lower.",
              results ->
                  List.of(
                      againstBase(results, Arms.LONGPO, Measure.SHORT, Expectation.NOT_LESS),
                      againstBase(results, Arms.LONGPO, Measure.WINDOW, Expectation.NOT_LESS))),
          new Claim(
              "long-beats-sft",
              "LongPO has higher long scores than SFT on the chosen answers.",
              results -> List.of(longAgainst(results, SFT))),
          new Claim(
              "long-beats-dpo",
              "LongPO has higher long scores than DPO.",
              results -> List.of(longAgainst(results, DPO))),
          new Claim(
              "others-lose-short",
              "SFT and DPO lose short skills, LongPO does not.",
              results ->
                  List.of(
                      againstBase(results, SFT, Measure.SHORT, Expectation.LESS),
                      againstBase(results, DPO, Measure.SHORT, Expectation.LESS),
                      againstBase(results, Arms.LONGPO, Measure.SHORT, Expectation.NOT_LESS))),
          new Claim(
              "constraint-is-needed",
              "Without the constraint, short and long scores are lower than LongPO's.",
              results ->
                  List.of(
                      withoutConstraint(results, Optional.of(Measure.SHORT)),
                      withoutConstraint(results, Optional.empty()))),
          new Claim(
              "nll-is-needed",
              "Without NLL, long scores are lower than LongPO's.",
              results ->
                  List.of(
                      Part.of(
                          "LongPO without NLL minus LongPO, long score",
                          results.trained(WITHOUT_NLL, 1),
                          results.trained(Arms.LONGPO, 1),
                          results.longUpTo(1),
                          Expectation.LESS))),
          new Claim(
              "rounds-lift",
              "Every round lifts the long score at its length.",
              results -> results.rounds().mapToObj(round -> ofRound(results, round)).toList()));

  private Claims() {}

  private static Part longOverBase(Results results) {
    Optional<Integer> round = results.lastRound(Arms.LONGPO);
    return Part.of(
        "LongPO minus the base with raised RoPE, long score",
        round.flatMap(last -> results.trained(Arms.LONGPO, last)),
        results.baseRope(),
        results.longUpTo(round.orElse(1)),
        Expectation.GREATER);
  }

  private static Part againstBase(
      Results results, Arm arm, Measure measure, Expectation expectation) {
    return Part.of(
        "%s minus the base, %s".formatted(arm.name(), measure.name()),
        results.lastRound(arm).flatMap(last -> results.trained(arm, last)),
        results.base(),
        measure,
        expectation);
  }

  private static Part longAgainst(Results results, Arm other) {
    Optional<Integer> round = results.lastRound(Arms.LONGPO, other);
    return Part.of(
        "LongPO minus %s, long score".formatted(other.name()),
        round.flatMap(last -> results.trained(Arms.LONGPO, last)),
        round.flatMap(last -> results.trained(other, last)),
        results.longUpTo(round.orElse(1)),
        Expectation.GREATER);
  }

  /**
   * @param measure empty for the long score
   */
  private static Part withoutConstraint(Results results, Optional<Measure> measure) {
    Optional<Integer> round = results.lastRound(Arms.LONGPO, UNCONSTRAINED);
    return Part.of(
        "LongPO without the constraint minus LongPO, %s"
            .formatted(measure.map(Measure::name).orElse("long score")),
        round.flatMap(last -> results.trained(UNCONSTRAINED, last)),
        round.flatMap(last -> results.trained(Arms.LONGPO, last)),
        measure.orElseGet(() -> results.longUpTo(round.orElse(1))),
        Expectation.LESS);
  }

  /** A round against the one before, or against the base with raised RoPE. */
  private static Part ofRound(Results results, int round) {
    Optional<Trained> before =
        round == 1 ? results.baseRope() : results.trained(Arms.LONGPO, round - 1);
    return Part.of(
        "round %d minus %s, long score at %s tokens"
            .formatted(
                round,
                round == 1 ? "the base with raised RoPE" : "round " + (round - 1),
                Figures.count(results.lengthOf(round))),
        results.trained(Arms.LONGPO, round),
        before,
        Measure.at(results.lengthOf(round)),
        Expectation.GREATER);
  }
}
