package org.longpo.evaluation;

import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import org.longpo.text.TokenSpans;
import org.longpo.text.Tokenizer;

/**
 * A model of which only tokenizer and chat template are there: enough to see what it would be
 * asked.
 *
 * @param prompts tokens of the prompt that puts a user's message to the model
 */
public record UnaskedModel(Tokenizer tokenizer, Function<String, int[]> prompts)
    implements TestedModel {
  @Override
  public int[] prompt(String message) {
    return prompts.apply(message);
  }

  @Override
  public TokenSpans encode(String text) {
    return tokenizer.encodeTextWithSpans(text);
  }

  @Override
  public OptionalInt beginToken() {
    return tokenizer.beginToken();
  }

  @Override
  public List<Answer> answer(List<int[]> prompts, int maxNewTokens) {
    throw new IllegalStateException("a model without weights was asked");
  }

  @Override
  public double[] logProbs(int[] sequence, int start) {
    throw new IllegalStateException("a model without weights was asked");
  }
}
