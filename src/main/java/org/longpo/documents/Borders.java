package org.longpo.documents;

import java.text.BreakIterator;
import java.text.StringCharacterIterator;
import java.util.Locale;

/**
 * Where a text may be cut. A border is the index after the last character of the first part; white
 * space that follows it belongs to neither part.
 */
enum Borders {
  /** Before a blank line. */
  PARAGRAPH {
    @Override
    int last(String text, int from, int to, int limit) {
      return lastBeforeLineBreaks(text, from, to, limit, 2);
    }
  },
  /** After a sentence, by the rules of Unicode's text segmentation. */
  SENTENCE {
    @Override
    int last(String text, int from, int to, int limit) {
      BreakIterator sentences = BreakIterator.getSentenceInstance(Locale.ROOT);
      sentences.setText(new StringCharacterIterator(text, from, to, from));
      // BreakIterator counts white space after a sentence as part of it, beyond the limit too.
      int reach = skipSpace(text, limit, to);
      int end = reach >= to ? to : sentences.preceding(reach + 1);
      while (end != BreakIterator.DONE && end > from) {
        int border = trimEnd(text, from, end);
        if (border <= limit) {
          return border;
        }
        end = sentences.preceding(end);
      }
      return from;
    }
  },
  /** Before a line break. */
  LINE {
    @Override
    int last(String text, int from, int to, int limit) {
      return lastBeforeLineBreaks(text, from, to, limit, 1);
    }
  },
  /** Before white space. */
  SPACE {
    @Override
    int last(String text, int from, int to, int limit) {
      return lastBeforeLineBreaks(text, from, to, limit, 0);
    }
  },
  /** Anywhere between two tokens. */
  TOKEN {
    @Override
    int last(String text, int from, int to, int limit) {
      return limit;
    }
  };

  /**
   * The last border b with {@code from < b <= limit < to}, or {@code from} if there is none.
   *
   * @param from first character that is not white space
   * @param to end of the text that is being cut
   */
  abstract int last(String text, int from, int to, int limit);

  /** The last place at or before the limit that white space with enough line breaks follows. */
  private static int lastBeforeLineBreaks(
      String text, int from, int to, int limit, int lineBreaks) {
    int end = limit;
    while (end > from) {
      int border = trimEnd(text, from, end);
      int next = skipSpace(text, border, to);
      if (next > border && border > from && lineBreaks(text, border, next) >= lineBreaks) {
        return border;
      }
      end = border;
      while (end > from && !Character.isWhitespace(text.charAt(end - 1))) {
        end--;
      }
    }
    return from;
  }

  private static int lineBreaks(String text, int from, int to) {
    int count = 0;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      boolean second = c == '\n' && i > from && text.charAt(i - 1) == '\r';
      if ((c == '\n' && !second) || c == '\r' || c == '\u2028') {
        count++;
      } else if (c == '\u2029') {
        count += 2;
      }
    }
    return count;
  }

  /** The first place at or after {@code from} that is not white space. */
  static int skipSpace(String text, int from, int to) {
    int at = from;
    while (at < to && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  /** The end without white space before it. */
  static int trimEnd(String text, int from, int end) {
    int at = end;
    while (at > from && Character.isWhitespace(text.charAt(at - 1))) {
      at--;
    }
    return at;
  }
}
