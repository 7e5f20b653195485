package org.longpo.objective;

import java.util.Map;
import java.util.Optional;
import org.longpo.settings.DerivedDefault;
import org.longpo.settings.SuppliedValues;

/**
 * LongPO's lambda where none is given: the paper's 0.01 at 131,072 tokens. Shorter lengths keep
 * lambda times length, as the NLL of a whole sequence weighs a token by its length; other spans do
 * not, and keep 0.01.
 */
public final class LambdaOfLength implements DerivedDefault {
  /** The length of the round in tokens, an {@code Integer}. */
  public static final String LENGTH_TOKENS = "lengthTokens";

  private static final double PAPER_LENGTH_TOKENS = 131_072;
  private static final double PAPER_LAMBDA = 0.01;

  @Override
  public Optional<?> of(Map<String, Object> options, SuppliedValues supplied) {
    if (options.get("nllSpan") != NllSpan.WHOLE_SEQUENCE) {
      return Optional.of(PAPER_LAMBDA);
    }
    return supplied
        .find(LENGTH_TOKENS, Integer.class)
        .map(length -> PAPER_LAMBDA * Math.max(1, PAPER_LENGTH_TOKENS / length));
  }
}
