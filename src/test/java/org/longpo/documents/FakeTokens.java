package org.longpo.documents;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tokenizers simple enough to count by hand. */
final class FakeTokens {
  private FakeTokens() {}

  /** A word with the white space before it is one token. */
  static final TokenOffsets WORDS = text -> ends(text, "\\s*\\S+|\\s+", 0);

  /** At most three characters of a word to a token, and one token more at the start of a text. */
  static final TokenOffsets PIECES_AFTER_PREFIX = text -> ends(text, "\\s?\\S{1,3}|\\s", 1);

  /** A token for every byte: all bytes of a character end after it. */
  static final TokenOffsets BYTES =
      text -> {
        List<Integer> ends = new ArrayList<>();
        for (int at = 0; at < text.length(); ) {
          int character = text.codePointAt(at);
          at += Character.charCount(character);
          int bytes = character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
          for (int i = 0; i < bytes; i++) {
            ends.add(at);
          }
        }
        return array(ends);
      };

  private static int[] ends(String text, String token, int prefix) {
    List<Integer> ends = new ArrayList<>();
    for (int i = 0; i < prefix; i++) {
      ends.add(0);
    }
    Matcher matcher = Pattern.compile(token).matcher(text);
    while (matcher.find()) {
      ends.add(matcher.end());
    }
    return array(ends);
  }

  private static int[] array(List<Integer> values) {
    return values.stream().mapToInt(Integer::intValue).toArray();
  }
}
