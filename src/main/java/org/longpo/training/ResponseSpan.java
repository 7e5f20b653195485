package org.longpo.training;

import org.longpo.objective.Reading;

/**
 * Where a response stands: tokens [start, end) of a sequence are response tokens of one pair.
 *
 * @param pair index of the pair in its document
 * @param reading which response, given which input; always a policy reading
 * @param sequence index of the sequence in its example
 * @param start first response token; at least 1, since nothing predicts the first token of all
 * @param end one past the last response token
 */
public record ResponseSpan(int pair, Reading reading, int sequence, int start, int end) {
  public ResponseSpan {
    if (!reading.isPolicy() || start < 1 || end <= start) {
      throw new IllegalArgumentException(
          reading + " cannot stand at [" + start + ", " + end + ") of sequence " + sequence);
    }
  }

  public int tokens() {
    return end - start;
  }
}
