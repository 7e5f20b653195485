package org.longpo.reproduction;

/**
 * What the scores of a record belong to.
 *
 * @param task such as "village-home"
 * @param length of the texts in tokens; 0 for skills, which have no text
 */
record ScoreKey(String task, int length) {
  private static final char AT = '@';

  /** Of the village's tasks. */
  private static final String PREFIX = "village-";

  /** Reads "village-home@1024" or "village-reverse". */
  static ScoreKey parse(String key) {
    int at = key.indexOf(AT);
    return at < 0
        ? new ScoreKey(key, 0)
        : new ScoreKey(key.substring(0, at), Integer.parseInt(key, at + 1, key.length(), 10));
  }

  boolean hasText() {
    return length > 0;
  }

  /** "home". */
  String shortName() {
    return task.startsWith(PREFIX) ? task.substring(PREFIX.length()) : task;
  }
}
