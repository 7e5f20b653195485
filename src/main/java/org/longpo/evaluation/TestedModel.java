package org.longpo.evaluation;

import java.util.List;
import java.util.OptionalInt;
import org.longpo.text.Reasoning;
import org.longpo.text.TokenSpans;

/** What an evaluation asks of a model and its tokenizer. */
public interface TestedModel {
  /**
   * An answer.
   *
   * @param text decoded, special tokens and reasoning left out
   * @param tokens how many were drawn, the end token and those of reasoning included
   * @param reasoning whether the model reasoned before it
   */
  record Answer(String text, int tokens, Reasoning reasoning) {
    Answer(String text, int tokens) {
      this(text, tokens, Reasoning.NONE);
    }
  }

  /** Tokens of the complete prompt, template included, that puts this to the model as a user. */
  int[] prompt(String message);

  /** Tokens of plain text, with the text each came from. */
  TokenSpans encode(String text);

  /** The token that begins a sequence, if the tokenizer has one. */
  OptionalInt beginToken();

  /**
   * The most likely answer (greedy) to every prompt; what the prompts share is read once.
   *
   * @param maxNewTokens of the answer alone, where the model has a limit of its own for reasoning
   */
  List<Answer> answer(List<int[]> prompts, int maxNewTokens);

  /** Natural log-probabilities of the tokens [start, end) of a sequence; start is at least 1. */
  double[] logProbs(int[] sequence, int start);

  /** The number of tokens of plain text. */
  default int countTokens(String text) {
    return encode(text).tokens().length;
  }
}
