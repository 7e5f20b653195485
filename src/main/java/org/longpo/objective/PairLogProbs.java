package org.longpo.objective;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * Those per-token log-probs (nats) of one pair's responses that were read.
 *
 * <p>All arrays of one response have the same length, its number of tokens; chosen and rejected may
 * differ. The arrays are not copied and must not be changed.
 */
public final class PairLogProbs {
  private final EnumMap<Reading, double[]> readings;

  /**
   * @throws IllegalArgumentException if nothing is given, if an array is empty, or if two readings
   *     of one response differ in length
   */
  public PairLogProbs(Map<Reading, double[]> readings) {
    if (readings.isEmpty()) {
      throw new IllegalArgumentException("a pair needs at least one reading");
    }
    this.readings = new EnumMap<>(readings);
    EnumMap<Response, Integer> lengths = new EnumMap<>(Response.class);
    this.readings.forEach(
        (reading, logProbs) -> {
          int tokens = lengths.computeIfAbsent(reading.response(), r -> logProbs.length);
          if (logProbs.length == 0 || logProbs.length != tokens) {
            throw new IllegalArgumentException(
                reading + " has " + logProbs.length + " tokens where " + tokens + " are expected");
          }
        });
  }

  /** The usual case: the policy given the long input, the reference given the short one. */
  public static PairLogProbs of(
      double[] policyLongChosen,
      double[] policyLongRejected,
      double[] referenceShortChosen,
      double[] referenceShortRejected) {
    return new PairLogProbs(
        Map.of(
            Reading.POLICY_LONG_CHOSEN, policyLongChosen,
            Reading.POLICY_LONG_REJECTED, policyLongRejected,
            Reading.REFERENCE_SHORT_CHOSEN, referenceShortChosen,
            Reading.REFERENCE_SHORT_REJECTED, referenceShortRejected));
  }

  /** This pair with one reading added or replaced. */
  public PairLogProbs with(Reading reading, double[] logProbs) {
    EnumMap<Reading, double[]> more = new EnumMap<>(readings);
    more.put(reading, logProbs);
    return new PairLogProbs(more);
  }

  public boolean has(Reading reading) {
    return readings.containsKey(reading);
  }

  /** What was read, in the order of {@link Reading}. */
  public Set<Reading> readings() {
    return Collections.unmodifiableSet(readings.keySet());
  }

  /**
   * The log-probs in nats, one per response token; not to be written to.
   *
   * @throws IllegalStateException if this reading was not given
   */
  public double[] get(Reading reading) {
    double[] logProbs = readings.get(reading);
    if (logProbs == null) {
      throw new IllegalStateException(reading + " was not read; given are " + readings.keySet());
    }
    return logProbs;
  }
}
