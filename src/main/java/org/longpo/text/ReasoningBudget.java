package org.longpo.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Keeps a model's reasoning from using up the tokens of its answers: a block has a limit of its
 * own. Where that is 0 there is one limit for all that the model writes.
 */
public final class ReasoningBudget {
  private final List<ReasoningReader> readers = new ArrayList<>();
  private final int[] reasoning;
  private final int[] answer;
  private final int answerTokens;
  private final int reasoningTokens;

  ReasoningBudget(ReasoningFormat format, int texts, int answerTokens, int reasoningTokens) {
    for (int i = 0; i < texts; i++) {
      readers.add(format.reader());
    }
    this.reasoning = new int[texts];
    this.answer = new int[texts];
    this.answerTokens = answerTokens;
    this.reasoningTokens = reasoningTokens;
  }

  /** Tokens of a text at most, its reasoning included. */
  public int maxNewTokens() {
    return answerTokens + reasoningTokens;
  }

  /**
   * Counts the next id of a text.
   *
   * @return whether the text may continue
   */
  public boolean drawn(int text, int token) {
    if (reasoningTokens == 0) {
      return true;
    }
    ReasoningReader reader = readers.get(text);
    boolean wasReasoning = reader.isReasoning();
    reader.next(token);
    // The closing tag belongs to the block.
    if (reader.isReasoning() || wasReasoning) {
      reasoning[text]++;
    } else {
      answer[text]++;
    }
    return reader.isReasoning() ? reasoning[text] < reasoningTokens : answer[text] < answerTokens;
  }
}
