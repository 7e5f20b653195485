package org.longpo.pairs;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.longpo.inference.TokenOrigin;

/**
 * One answer with the reference model's log-probabilities.
 *
 * <p>The tokens are those of the writer where it gave them, and are never made again from the text;
 * a writer of text alone has its text encoded once. What is done with them is the same. The
 * log-probabilities are natural logs (nats) of these tokens, from one teacher-forced pass of the
 * frozen scorer at temperature 1, not from the writer.
 *
 * @param text the decoded tokens, without the end token
 * @param tokens token ids, the end token included if the writer ended the answer by one
 * @param tokensFrom where the ids come from
 * @param ended whether the writer ended the answer; false if the limit cut it
 * @param referenceShort log pi_S(token | chunk, instruction, earlier tokens), one per token
 * @param referenceLong the same given the whole piece instead of the chunk, for baselines that
 *     compare on the long input; empty unless it was requested
 */
public record Answer(
    String text,
    int[] tokens,
    TokenOrigin tokensFrom,
    boolean ended,
    double[] referenceShort,
    Optional<double[]> referenceLong) {

  public Answer {
    if (tokens.length == 0) {
      throw new IllegalArgumentException("an answer needs at least one token");
    }
    for (int token : tokens) {
      if (token < 0) {
        throw new IllegalArgumentException("tokens holds the negative id " + token);
      }
    }
    requireLogProbs("reference_short", referenceShort, tokens.length);
    referenceLong.ifPresent(values -> requireLogProbs("reference_long", values, tokens.length));
  }

  /** The same with log-probabilities on the long input. */
  Answer withReferenceLong(double[] logProbs) {
    return new Answer(text, tokens, tokensFrom, ended, referenceShort, Optional.of(logProbs));
  }

  private static void requireLogProbs(String key, double[] values, int tokens) {
    if (values.length != tokens) {
      throw new IllegalArgumentException(
          key + " has " + values.length + " values for " + tokens + " tokens");
    }
    for (double value : values) {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException(key + " holds " + value + ", which is not finite");
      }
      if (value > 0) {
        throw new IllegalArgumentException(
            key + " holds " + value + ", but a log-probability is at most 0");
      }
    }
  }

  /** By content: a record would compare its arrays by identity. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Answer that
        && text.equals(that.text)
        && Arrays.equals(tokens, that.tokens)
        && tokensFrom == that.tokensFrom
        && ended == that.ended
        && Arrays.equals(referenceShort, that.referenceShort)
        && Arrays.equals(
            referenceLong.orElse(new double[0]), that.referenceLong.orElse(new double[0]));
  }

  @Override
  public int hashCode() {
    return 31 * text.hashCode() + Arrays.hashCode(tokens);
  }

  @Override
  public String toString() {
    return "Answer[" + tokens.length + " tokens, ended=" + ended + ", text=" + text + "]";
  }
}
