package org.longpo.tiny;

import org.longpo.evaluation.tasks.Needle;

/**
 * What a passage tells and a question asks for.
 *
 * @param attribute such as "access code"
 * @param needle whose it is, and its value
 */
record Fact(String attribute, Needle needle) {
  String statement() {
    return "The %s of %s is %s.".formatted(attribute, needle.key(), needle.value());
  }

  /** Answered by the {@link #statement()}. */
  String question() {
    return "What is the %s of %s?".formatted(attribute, needle.key());
  }
}
