package org.longpo.documents;

/**
 * Where each token of a text ends, so that a long text is encoded once and cut at many places. Text
 * alone: nothing truncated, no special tokens added.
 *
 * <p>{@code endOffsetsUtf16(text)[i]} is the UTF-16 index one past the last character that token i
 * covers. The offsets never decrease; tokens that are bytes of one character all end after it.
 */
@FunctionalInterface
public interface TokenOffsets {
  int[] endOffsetsUtf16(String text);

  /** The number of tokens of a text. */
  default int count(String text) {
    return endOffsetsUtf16(text).length;
  }
}
