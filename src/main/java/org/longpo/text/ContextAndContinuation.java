package org.longpo.text;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Ids of a text in two parts: what a model reads first, and what is scored after it.
 *
 * <p>The border is where lm-evaluation-harness 0.4.13 has it ({@code TemplateLM._encode_pair} in
 * lm_eval/api/model.py), so that log-likelihoods can be compared. White space at the context's end
 * belongs to the continuation, because tokenizers join a space with the word after it. Both texts
 * are encoded together; the continuation is what follows as many ids as the context has alone.
 *
 * @param context ids of the context alone
 * @param continuation none where the tokenizer joins all of it with the context
 */
@SuppressWarnings("ArrayRecordComponent")
public record ContextAndContinuation(int[] context, int[] continuation) {
  /**
   * One context with each of several continuations.
   *
   * @param encode text to ids, those that begin every text included
   */
  static List<ContextAndContinuation> of(
      Function<String, int[]> encode, String context, List<String> continuations) {
    String stripped = WhiteSpace.stripTrailing(context);
    String space = context.substring(stripped.length());
    int[] ids = encode.apply(stripped);
    return continuations.stream()
        .map(
            continuation -> {
              int[] whole = encode.apply(stripped + space + continuation);
              return new ContextAndContinuation(
                  ids, Arrays.copyOfRange(whole, Math.min(ids.length, whole.length), whole.length));
            })
        .toList();
  }

  /** Both parts, as a model reads them. */
  public int[] sequence() {
    int[] all = Arrays.copyOf(context, context.length + continuation.length);
    System.arraycopy(continuation, 0, all, context.length, continuation.length);
    return all;
  }
}
