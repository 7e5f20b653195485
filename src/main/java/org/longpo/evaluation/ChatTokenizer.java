package org.longpo.evaluation;

import java.util.OptionalInt;
import org.longpo.text.PromptEncoder;
import org.longpo.text.TokenSpans;
import org.longpo.text.Tokenizer;

/** A checkpoint's tokenizer and chat template. */
public record ChatTokenizer(Tokenizer tokenizer, PromptEncoder prompts) implements TaskTokenizer {
  @Override
  public int[] prompt(String message) {
    return prompts.prompt(message);
  }

  @Override
  public TokenSpans encode(String text) {
    return tokenizer.encodeTextWithSpans(text);
  }

  @Override
  public OptionalInt beginToken() {
    return tokenizer.beginToken();
  }
}
