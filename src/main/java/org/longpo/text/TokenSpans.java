package org.longpo.text;

/**
 * Token ids with the text each came from: token i covers {@code text.substring(starts[i],
 * ends[i])}, in UTF-16 units. Several tokens of one character (its UTF-8 bytes) all cover that
 * character whole.
 */
public record TokenSpans(int[] tokens, int[] starts, int[] ends) {
  public TokenSpans {
    if (tokens.length != starts.length || tokens.length != ends.length) {
      throw new IllegalArgumentException("every token needs a start and an end");
    }
  }

  /** Whether text can be cut before a token; also at the end of all tokens. */
  public boolean beginsCharacter(int token) {
    return token == 0 || token >= tokens.length || starts[token] >= ends[token - 1];
  }
}
