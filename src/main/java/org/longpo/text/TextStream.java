package org.longpo.text;

import java.util.Arrays;

/**
 * Text from ids that come one at a time. What has been returned never changes: all parts together
 * are {@link Tokenizer#decode} of all ids or, after ids that are known already, what their own text
 * lacks of the text of all ids.
 *
 * <p>Text is held back while it may still change: an unfinished UTF-8 sequence, and a run of byte
 * tokens, since one wrong byte turns the whole run into U+FFFD. Decoding looks back only to the
 * last part that gave text, so the time is linear in the number of ids.
 */
public final class TextStream {
  private final Tokenizer tokenizer;

  /** Ids of the last part that gave text, then those whose text is not yet returned. */
  private int[] window;

  private int returned;

  /** {@code before}: the ids before the new ones, whose text is not returned. */
  TextStream(Tokenizer tokenizer, int[] before) {
    this.tokenizer = tokenizer;
    window = before.clone();
    returned = before.length;
  }

  /**
   * Reads the next id and returns the text that became certain: often that of this id, possibly
   * none.
   */
  public String next(int token) {
    if (tokenizer.special().contains(token)) {
      return "";
    }
    window = Arrays.copyOf(window, window.length + 1);
    window[window.length - 1] = token;
    return tokenizer.isByteToken(token) ? "" : take(false);
  }

  /** The text still held back; the stream then begins again. */
  public String end() {
    String rest = take(true);
    window = new int[0];
    returned = 0;
    return rest;
  }

  /**
   * The first token of a sequence may lose its leading space, so the part before is decoded with
   * and without what is new, and the difference is the new text.
   */
  private String take(boolean all) {
    if (window.length == returned) {
      return "";
    }
    String before = tokenizer.decode(Arrays.copyOf(window, returned));
    String text = tokenizer.decode(window);
    boolean certain = all || !text.endsWith("\uFFFD");
    if (!certain || text.length() == before.length()) {
      return "";
    }
    window = Arrays.copyOfRange(window, returned, window.length);
    returned = window.length;
    return text.substring(before.length());
  }
}
