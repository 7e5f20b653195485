package org.longpo.evaluation;

import java.util.List;
import java.util.Optional;

/**
 * All figures of one model: the content of {@code evaluation.json}. A task that was not run is
 * absent.
 *
 * @param needle accuracy: the value occurs in the answer
 * @param qaLong accuracy: normalised exact match
 * @param reasoning how often the model reasoned before it answered; absent if it never did
 * @param modelTokens tokens that went through the model, shared ones once
 */
public record Evaluation(
    EvaluationIdentity identity,
    Optional<LongScore> needle,
    Optional<LongScore> qaLong,
    Optional<ShortScore> qaShort,
    Optional<BitsPerByte> bitsPerByte,
    Optional<ReasoningCounts> reasoning,
    long modelTokens) {

  /**
   * Checks, before figures of two models stand side by side, that they measure the same.
   *
   * @throws IllegalArgumentException if windows, lengths or other settings, or texts differ
   */
  public void requireComparableTo(Evaluation other) {
    if (!identity.settings().equals(other.identity.settings())
        || !identity.inputsSha256().equals(other.identity.inputsSha256())) {
      throw new IllegalArgumentException(
          "evaluations that measure different things: " + identity + ", " + other.identity);
    }
  }

  static Evaluation of(EvaluationIdentity identity, List<ItemResult> results) {
    int window = identity.settings().windowTokens();
    return new Evaluation(
        identity,
        of(TaskKind.NEEDLE, results).map(LongScore::of),
        of(TaskKind.QA_LONG, results).map(LongScore::of),
        of(TaskKind.QA_SHORT, results).map(ShortScore::of),
        of(TaskKind.BITS_PER_BYTE, results).map(windows -> BitsPerByte.of(windows, window)),
        ReasoningCounts.of(results),
        results.stream().mapToLong(ItemResult::modelTokens).sum());
  }

  private static Optional<List<ItemResult>> of(TaskKind task, List<ItemResult> results) {
    List<ItemResult> own = results.stream().filter(result -> result.task() == task).toList();
    return own.isEmpty() ? Optional.empty() : Optional.of(own);
  }
}
