package org.longpo.documents;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts text into stretches of at most N tokens, each as long as it can be.
 *
 * <p>A stretch ends at the last paragraph border that fits, if it then holds at least the minimum
 * share of N. Otherwise, as where a paragraph is longer than N, at the last sentence that does, or
 * line, or word, or token. Stretches cover the text without overlap; only white space between them
 * belongs to none.
 */
final class TextCutter {
  /**
   * One character takes at most four tokens (its bytes), and some tokenizers add one for a start.
   */
  static final int MINIMUM_TOKENS = 8;

  private final int maximumTokens;
  private final double minimumFill;
  private final TokenOffsets tokenOffsets;

  /** A stretch of text with its length in tokens, encoded alone. */
  record Stretch(TextRange range, int tokens) {}

  TextCutter(int maximumTokens, double minimumFill, TokenOffsets tokenOffsets) {
    if (maximumTokens < MINIMUM_TOKENS) {
      throw new IllegalArgumentException(
          "text is cut into at least " + MINIMUM_TOKENS + " tokens, not " + maximumTokens);
    }
    if (!(minimumFill >= 0 && minimumFill <= 1)) {
      throw new IllegalArgumentException("minimum_fill must be 0 to 1, not " + minimumFill);
    }
    this.maximumTokens = maximumTokens;
    this.minimumFill = minimumFill;
    this.tokenOffsets = tokenOffsets;
  }

  /** Whether so many tokens are the minimum share of N or more. */
  boolean fills(int tokens) {
    return tokens >= minimumFill * maximumTokens;
  }

  /** All stretches of a range, short ones too; none if it is blank. */
  List<Stretch> cut(String document, TextRange range) {
    String text = range.of(document);
    int[] ends = tokenOffsets.endOffsetsUtf16(text);
    List<Stretch> stretches = new ArrayList<>();
    int end = Borders.trimEnd(text, 0, text.length());
    int at = Borders.skipSpace(text, 0, end);
    while (at < end) {
      Stretch next = next(text, ends, at, end);
      at = Borders.skipSpace(text, next.range().endChar(), end);
      int shift = range.startChar();
      TextRange shifted =
          new TextRange(next.range().startChar() + shift, next.range().endChar() + shift);
      stretches.add(new Stretch(shifted, next.tokens()));
    }
    return stretches;
  }

  /** The stretch that starts at {@code from}. */
  private Stretch next(String text, int[] ends, int from, int to) {
    int budget = maximumTokens;
    while (budget > 0) {
      int border = border(text, ends, from, to, budget);
      // Encoded alone, a stretch may have other tokens at its ends than inside the document.
      int tokens = border > from ? tokenOffsets.count(text.substring(from, border)) : 0;
      if (border > from && tokens <= maximumTokens) {
        return new Stretch(new TextRange(from, border), tokens);
      }
      budget -= Math.max(1, tokens - maximumTokens);
    }
    throw new IllegalStateException(
        "no text of at most " + maximumTokens + " tokens could be cut at character " + from);
  }

  /** The best border for a stretch of at most {@code budget} of the document's tokens. */
  private int border(String text, int[] ends, int from, int to, int budget) {
    int first = tokensUpTo(ends, from);
    int limit = limit(ends, first, budget, to);
    if (limit >= to) {
      return to;
    }
    if (limit <= from) {
      return from;
    }
    int longest = from;
    for (Borders kind : Borders.values()) {
      int border = kind.last(text, from, to, limit);
      if (border > from && fills(tokensUpTo(ends, border) - first)) {
        return border;
      }
      longest = Math.max(longest, border);
    }
    return longest;
  }

  /** The last end of a whole character among the {@code budget} tokens from {@code first}. */
  private static int limit(int[] ends, int first, int budget, int to) {
    int last = first + budget - 1;
    if (last >= ends.length - 1) {
      return to;
    }
    // Where the next token ends at the same place, the character is not whole yet.
    while (last >= first && ends[last] == ends[last + 1]) {
      last--;
    }
    return last < first ? 0 : ends[last];
  }

  /** The number of tokens that end at or before a place. */
  private static int tokensUpTo(int[] ends, int place) {
    int found = Arrays.binarySearch(ends, place);
    if (found < 0) {
      return -found - 1;
    }
    while (found + 1 < ends.length && ends[found + 1] == place) {
      found++;
    }
    return found + 1;
  }
}
