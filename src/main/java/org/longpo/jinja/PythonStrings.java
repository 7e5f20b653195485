package org.longpo.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What Python does with text in another way than Java. */
public final class PythonStrings {
  private PythonStrings() {}

  /** Trims white space (null) or any of the given characters. */
  public static String strip(
      String text, @Nullable String characters, boolean left, boolean right) {
    int start = 0;
    int end = text.length();
    while (left && start < end && strips(text.codePointAt(start), characters)) {
      start += Character.charCount(text.codePointAt(start));
    }
    while (right && start < end && strips(text.codePointBefore(end), characters)) {
      end -= Character.charCount(text.codePointBefore(end));
    }
    return text.substring(start, end);
  }

  private static boolean strips(int codePoint, @Nullable String characters) {
    return characters == null ? isSpace(codePoint) : characters.indexOf(codePoint) >= 0;
  }

  /** White space as in Python's {@code str.isspace}; Java's leaves out the no-break spaces. */
  public static boolean isSpace(int codePoint) {
    return (codePoint >= 0x1C && codePoint <= 0x20)
        || (codePoint >= 0x09 && codePoint <= 0x0D)
        || codePoint == 0x85
        || Character.isSpaceChar(codePoint);
  }

  /** At most {@code most} splits from the left, any number if negative. */
  static List<Object> split(String text, @Nullable String separator, int most) {
    if (separator == null) {
      return words(text, most);
    }
    requireSeparator(separator);
    List<Object> parts = new ArrayList<>();
    int from = 0;
    for (int at = text.indexOf(separator);
        at >= 0 && (most < 0 || parts.size() < most);
        at = text.indexOf(separator, from)) {
      parts.add(text.substring(from, at));
      from = at + separator.length();
    }
    parts.add(text.substring(from));
    return parts;
  }

  /** As {@link #split}, from the right. */
  static List<Object> splitFromRight(String text, @Nullable String separator, int most) {
    if (most < 0) {
      return split(text, separator, most);
    }
    if (separator == null) {
      List<Object> reversed = new ArrayList<>();
      words(reversed(text), most).forEach(word -> reversed.addFirst(reversed((String) word)));
      return reversed;
    }
    requireSeparator(separator);
    List<Object> parts = new ArrayList<>();
    int end = text.length();
    for (int at = text.lastIndexOf(separator, end - separator.length());
        at >= 0 && parts.size() < most;
        at = text.lastIndexOf(separator, end - separator.length())) {
      parts.add(text.substring(at + separator.length(), end));
      end = at;
    }
    parts.add(text.substring(0, end));
    return parts.reversed();
  }

  private static void requireSeparator(String separator) {
    if (separator.isEmpty()) {
      throw new TemplateFailure("empty separator");
    }
  }

  private static List<Object> words(String text, int most) {
    List<Object> words = new ArrayList<>();
    int at = skip(text, 0, true);
    while (at < text.length() && (most < 0 || words.size() < most)) {
      int end = skip(text, at, false);
      words.add(text.substring(at, end));
      at = skip(text, end, true);
    }
    if (at < text.length()) {
      words.add(text.substring(at));
    }
    return words;
  }

  /** The end of the white space, or of the word, that begins at {@code from}. */
  private static int skip(String text, int from, boolean space) {
    int at = from;
    while (at < text.length() && isSpace(text.codePointAt(at)) == space) {
      at += Character.charCount(text.codePointAt(at));
    }
    return at;
  }

  static String reversed(String text) {
    StringBuilder result = new StringBuilder(text.length());
    for (int end = text.length(); end > 0; ) {
      int c = text.codePointBefore(end);
      result.appendCodePoint(c);
      end -= Character.charCount(c);
    }
    return result.toString();
  }

  /** Lines by all of Python's line breaks. */
  static List<Object> lines(String text, boolean keepEnds) {
    List<Object> lines = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      if (isLineBreak(text.charAt(i))) {
        int end = i;
        if (text.startsWith("\r\n", i)) {
          i++;
        }
        lines.add(text.substring(start, keepEnds ? i + 1 : end));
        start = i + 1;
      }
    }
    if (start < text.length()) {
      lines.add(text.substring(start));
    }
    return lines;
  }

  private static boolean isLineBreak(char c) {
    return (c >= 0x0A && c <= 0x0D)
        || (c >= 0x1C && c <= 0x1E)
        || c == 0x85
        || c == 0x2028
        || c == 0x2029;
  }

  static String title(String text) {
    StringBuilder result = new StringBuilder(text.length());
    boolean inWord = false;
    for (int c : text.codePoints().toArray()) {
      result.append(inWord ? Character.toString(Character.toLowerCase(c)) : titled(c));
      inWord = isCased(c);
    }
    return result.toString();
  }

  /** One letter may become two: the sharp s. */
  private static String titled(int c) {
    String capitals = Character.toString(c).toUpperCase(Locale.ROOT);
    boolean single = capitals.codePointCount(0, capitals.length()) == 1;
    return single || Character.toTitleCase(c) != c
        ? Character.toString(Character.toTitleCase(c))
        : capitals.charAt(0) + capitals.substring(1).toLowerCase(Locale.ROOT);
  }

  static String capitalized(String text) {
    if (text.isEmpty()) {
      return text;
    }
    int end = Character.charCount(text.codePointAt(0));
    return titled(text.codePointAt(0)) + text.substring(end).toLowerCase(Locale.ROOT);
  }

  static boolean isCased(int c) {
    return Character.isLowerCase(c) || Character.isUpperCase(c) || Character.isTitleCase(c);
  }

  /** Replaces at most {@code most} times, any number if negative. */
  static String replaced(String text, String old, String replacement, int most) {
    if (old.isEmpty()) {
      return interspersed(text, replacement, most);
    }
    StringBuilder result = new StringBuilder(text.length());
    int from = 0;
    int count = 0;
    for (int at = text.indexOf(old);
        at >= 0 && (most < 0 || count < most);
        at = text.indexOf(old, from)) {
      result.append(text, from, at).append(replacement);
      from = at + old.length();
      count++;
    }
    return result.append(text, from, text.length()).toString();
  }

  /** The empty text occurs before every character and at the end. */
  private static String interspersed(String text, String replacement, int most) {
    StringBuilder result = new StringBuilder(text.length());
    int count = 0;
    for (int c : text.codePoints().toArray()) {
      result.append(most < 0 || count < most ? replacement : "").appendCodePoint(c);
      count++;
    }
    return result.append(most < 0 || count < most ? replacement : "").toString();
  }
}
