package org.longpo.evaluation.scoring;

import java.util.ArrayList;
import java.util.List;
import org.longpo.text.WhiteSpace;

/**
 * Words and digits as Python has them. The published scorers are Python programs: to it, a no-break
 * space is white space and a Devanagari digit is a digit.
 */
public final class PythonText {
  private static final int RADIX = 10;

  private PythonText() {}

  /** {@code str.split()}: the words between white space. */
  static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    int start = -1;
    for (int i = 0; i <= text.length(); i++) {
      boolean isBorder = i == text.length() || WhiteSpace.isSpace(text.charAt(i));
      if (isBorder && start >= 0) {
        words.add(text.substring(start, i));
        start = -1;
      } else if (!isBorder && start < 0) {
        start = i;
      }
    }
    return words;
  }

  /** The text with a space in place of each of some texts, one after the other. */
  static String spaced(String text, List<String> replaced) {
    String spaced = text;
    for (String part : replaced) {
      spaced = spaced.replace(part, " ");
    }
    return spaced;
  }

  /** Digits of any script as those of ASCII; other characters stay as they are. */
  static String asciiDigits(String text) {
    StringBuilder ascii = new StringBuilder();
    text.codePoints()
        .forEach(
            character -> {
              if (Character.getType(character) == Character.DECIMAL_DIGIT_NUMBER) {
                ascii.append(Character.digit(character, RADIX));
              } else {
                ascii.appendCodePoint(character);
              }
            });
    return ascii.toString();
  }
}
