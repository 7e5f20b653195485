package org.longpo.pairs;

/**
 * How a context and an instruction become one user message; the one place that decides it, so that
 * short input, long input and training never differ in it.
 *
 * <p>The context comes first: everything that shares it then shares the longest prefix of tokens.
 */
public final class UserMessage {
  private UserMessage() {}

  /** The context, a blank line, the instruction; the chat template comes around it. */
  public static String of(String context, String instruction) {
    return context + "\n\n" + instruction;
  }

  /** A later turn of a conversation about the same context (chain): the instruction alone. */
  public static String following(String instruction) {
    return instruction;
  }
}
