package org.longpo.text;

import java.util.Arrays;
import java.util.List;

/**
 * An encoded conversation.
 *
 * @param tokens all ids, the template's included
 * @param responses the span of each response's own ids in {@code tokens}, in order
 */
public record Conversation(int[] tokens, List<Span> responses) {
  /** Positions {@code start} to {@code end - 1}. */
  public record Span(int start, int end) {
    public int length() {
      return end - start;
    }
  }

  public Conversation {
    responses = List.copyOf(responses);
  }

  /** True exactly at the tokens of responses. */
  public boolean[] mask() {
    boolean[] mask = new boolean[tokens.length];
    for (Span span : responses) {
      Arrays.fill(mask, span.start(), span.end(), true);
    }
    return mask;
  }
}
