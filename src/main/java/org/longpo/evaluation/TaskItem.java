package org.longpo.evaluation;

import java.util.function.Supplier;

/**
 * The part of a task that one line of its log is about: the questions about one text, or a window.
 *
 * @param length the context length that the item belongs to, in tokens; 0 where the task has none
 * @param index with {@code length} names the item
 * @param tokens about how many tokens the model reads for it, without those that all items share;
 *     decides which items are a batch, and nothing else
 * @param check finds out, without the model's weights, whether the inputs suffice; throws a {@link
 *     org.longpo.error.UserError} if not. What can fail for an input, such as a prompt that a
 *     context cannot hold, fails here, before any work, and not in {@code begin}
 * @param begin the first step; the same on every call
 */
public record TaskItem(int length, int index, int tokens, Runnable check, Supplier<Step> begin) {
  private static final int CHARACTERS_PER_TOKEN = 4;

  /** About how many tokens a text has, where the exact number is not worth a tokenizer's time. */
  public static int tokensOf(String text) {
    return text.length() / CHARACTERS_PER_TOKEN + 1;
  }

  public boolean isOf(ItemResult result) {
    return length == result.length() && index == result.index();
  }
}
