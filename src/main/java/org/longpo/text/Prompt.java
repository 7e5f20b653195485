package org.longpo.text;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model continues.
 *
 * @param messages the conversation whose next message the model writes, or whose last one it
 *     continues if that is its own; empty where the prompt is plain text, which no template
 *     surrounds
 * @param tokens ids of all of it, up to where the model's text begins
 */
public record Prompt(List<Message> messages, int[] tokens) {
  public Prompt {
    messages = List.copyOf(messages);
  }

  /** Whether the model's text is an answer to messages, and not the continuation of a text. */
  public boolean isConversation() {
    return !messages.isEmpty();
  }

  /** Number of ids. */
  public int length() {
    return tokens.length;
  }

  /** By content: a record would compare its array by identity. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Prompt that
        && messages.equals(that.messages)
        && Arrays.equals(tokens, that.tokens);
  }

  @Override
  public int hashCode() {
    return 31 * messages.hashCode() + Arrays.hashCode(tokens);
  }

  @Override
  public String toString() {
    return "Prompt[" + messages.size() + " messages, " + tokens.length + " tokens]";
  }
}
