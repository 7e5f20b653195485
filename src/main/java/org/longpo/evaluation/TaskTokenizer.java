package org.longpo.evaluation;

import java.util.OptionalInt;
import org.longpo.text.TokenSpans;

/** How texts and questions become the tokens that a model reads. */
public interface TaskTokenizer {
  /** Tokens of the complete prompt, template included, that gives the model a user's message. */
  int[] prompt(String message);

  /** Tokens of plain text, with the text each came from. */
  TokenSpans encode(String text);

  /** The token that begins a sequence, if the tokenizer has one. */
  OptionalInt beginToken();

  /** The number of tokens of plain text. */
  default int countTokens(String text) {
    return encode(text).tokens().length;
  }
}
