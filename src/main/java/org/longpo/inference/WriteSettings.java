package org.longpo.inference;

/**
 * How texts are written.
 *
 * @param sampling how every token is drawn
 * @param maxNewTokens limit of a text in tokens, the end token included. Where the model reasons
 *     before an answer, its reasoning has a limit of its own, which the writer knows
 */
public record WriteSettings(Sampling sampling, int maxNewTokens) {
  public WriteSettings {
    if (maxNewTokens < 1) {
      throw new IllegalArgumentException("a text needs at least one token, not " + maxNewTokens);
    }
  }

  /** The most likely text. */
  public static WriteSettings greedy(int maxNewTokens) {
    return new WriteSettings(Sampling.greedy(), maxNewTokens);
  }
}
