package org.longpo.text;

/** One turn of a conversation that is encoded with its responses as they were sampled. */
public sealed interface Turn {
  /**
   * A message of the user or the system prompt. An assistant's text here is given text, not a
   * response.
   */
  record Said(Message message) implements Turn {}

  /** What the model answered: its sampled ids, the end token with them if it was sampled. */
  record Response(int[] tokens) implements Turn {}

  static Turn user(String content) {
    return new Said(Message.user(content));
  }

  static Turn response(int... tokens) {
    return new Response(tokens);
  }
}
