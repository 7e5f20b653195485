package org.longpo.text;

/** One turn of a conversation in which responses are ids, which stand in it as they are. */
public sealed interface Turn {
  /**
   * A message of the user or the system prompt. An assistant's text here is given text, not a
   * response.
   */
  record Said(Message message) implements Turn {}

  /** What the model answered: its ids, the end token with them if the answer ended by one. */
  record Response(int[] tokens) implements Turn {}

  static Turn user(String content) {
    return new Said(Message.user(content));
  }

  static Turn response(int... tokens) {
    return new Response(tokens);
  }
}
