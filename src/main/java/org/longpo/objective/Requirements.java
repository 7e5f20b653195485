package org.longpo.objective;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * The input that an objective needs.
 *
 * @param readings the log-probs of every pair that it reads
 * @param wholeSequences the responses that the whole-sequence NLL ends in; empty if the objective
 *     has no such term and {@link ObjectiveResult#sequenceNllWeights} is all zero
 * @param freshSamples how the rejected responses are drawn during training; empty if they are those
 *     of the pairs
 */
public record Requirements(
    Set<Reading> readings, Optional<Response> wholeSequences, Optional<FreshSamples> freshSamples) {
  public Requirements {
    EnumSet<Reading> copy = EnumSet.noneOf(Reading.class);
    copy.addAll(readings);
    readings = Collections.unmodifiableSet(copy);
  }

  /** Log-probs alone: no whole-sequence NLL. */
  static Requirements of(Set<Reading> readings) {
    return new Requirements(readings, Optional.empty(), Optional.empty());
  }

  /** With the NLL of the sequences that end in {@code response}, over {@code span}. */
  static Requirements withNll(Set<Reading> readings, NllSpan span, Response response) {
    return new Requirements(
        readings,
        span == NllSpan.WHOLE_SEQUENCE ? Optional.of(response) : Optional.empty(),
        Optional.empty());
  }

  /** Log-probs alone, of rejected responses that the policy writes during training. */
  static Requirements onPolicy(Set<Reading> readings, FreshSamples samples) {
    return new Requirements(readings, Optional.empty(), Optional.of(samples));
  }

  public boolean needs(Reading reading) {
    return readings.contains(reading);
  }

  /** Whether reference log-probs given this input are required. */
  public boolean needsReference(Input input) {
    return readings.stream().anyMatch(r -> !r.isPolicy() && r.input() == input);
  }
}
