package org.longpo.text;

/** One message of a conversation; {@code content} is plain text, special tokens in it are not. */
public record Message(Role role, String content) {
  public static Message system(String content) {
    return new Message(Role.SYSTEM, content);
  }

  public static Message user(String content) {
    return new Message(Role.USER, content);
  }

  public static Message assistant(String content) {
    return new Message(Role.ASSISTANT, content);
  }
}
