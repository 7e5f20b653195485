package org.longpo.evaluation.longtext;

import org.longpo.text.TokenSpans;

/**
 * A text without its middle: some tokens of its beginning, then some of its end. Cuts are made
 * where a character begins: one whose bytes are several tokens goes or stays as a whole.
 */
final class MiddleCut {
  private final String text;
  private final TokenSpans spans;

  MiddleCut(String text, TokenSpans spans) {
    this.text = text;
    this.spans = spans;
  }

  int tokens() {
    return spans.tokens().length;
  }

  /**
   * The text of the first and the last tokens, of no more than so many on either side.
   *
   * @param first with {@code last} no more than all tokens
   */
  String keep(int first, int last) {
    int from = first;
    while (!spans.beginsCharacter(from)) {
      from--;
    }
    int to = tokens() - last;
    while (!spans.beginsCharacter(to)) {
      to++;
    }
    return text.substring(0, offset(from)) + text.substring(offset(to));
  }

  private int offset(int token) {
    return token < tokens() ? spans.starts()[token] : text.length();
  }
}
