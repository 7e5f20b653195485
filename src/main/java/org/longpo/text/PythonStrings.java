package org.longpo.text;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The methods of Python's {@code str} that chat templates call, by their Python names. */
final class PythonStrings {
  private PythonStrings() {}

  /** The method's value, or null if there is no such method with such arguments. */
  static @Nullable Object call(String text, String method, List<?> arguments) {
    return switch (method) {
      case "strip" -> strip(text, characters(arguments), true, true);
      case "lstrip" -> strip(text, characters(arguments), true, false);
      case "rstrip" -> strip(text, characters(arguments), false, true);
      case "upper" -> text.toUpperCase(Locale.ROOT);
      case "lower" -> text.toLowerCase(Locale.ROOT);
      case "title" -> title(text);
      case "capitalize" ->
          text.isEmpty()
              ? text
              : text.substring(0, 1).toUpperCase(Locale.ROOT)
                  + text.substring(1).toLowerCase(Locale.ROOT);
      case "splitlines" -> text.lines().toList();
      case "isdigit" -> !text.isEmpty() && text.codePoints().allMatch(Character::isDigit);
      case "isspace" -> !text.isEmpty() && text.codePoints().allMatch(PythonStrings::isSpace);
      case "split" -> split(text, arguments);
      default -> arguments.isEmpty() ? null : withArgument(text, method, arguments);
    };
  }

  private static @Nullable Object withArgument(String text, String method, List<?> arguments) {
    Object first = arguments.getFirst();
    String argument = String.valueOf(first);
    return switch (method) {
      case "startswith" -> any(first, text::startsWith);
      case "endswith" -> any(first, text::endsWith);
      case "removeprefix" -> text.startsWith(argument) ? text.substring(argument.length()) : text;
      case "removesuffix" ->
          text.endsWith(argument) ? text.substring(0, text.length() - argument.length()) : text;
      case "find" -> (long) text.indexOf(argument);
      case "rfind" -> (long) text.lastIndexOf(argument);
      case "count" -> (long) text.split(Pattern.quote(argument), -1).length - 1;
      case "rsplit" -> rsplit(text, arguments);
      case "replace" ->
          arguments.size() == 2 ? text.replace(argument, String.valueOf(arguments.get(1))) : null;
      case "join" ->
          first instanceof Collection<?> parts
              ? String.join(text, parts.stream().map(String::valueOf).toList())
              : null;
      default -> null;
    };
  }

  /** Trims white space (null) or any of the given characters. */
  static String strip(String text, @Nullable String characters, boolean left, boolean right) {
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

  /** What Python's {@code str.isspace} takes for white space; Java leaves out the hard spaces. */
  static boolean isSpace(int codePoint) {
    return (codePoint >= 0x1C && codePoint <= 0x20)
        || (codePoint >= 0x09 && codePoint <= 0x0D)
        || codePoint == 0x85
        || Character.isSpaceChar(codePoint);
  }

  private static @Nullable String characters(List<?> arguments) {
    return arguments.isEmpty() || arguments.getFirst() == null
        ? null
        : String.valueOf(arguments.getFirst());
  }

  private static boolean any(Object given, Predicate<String> test) {
    return given instanceof Collection<?> several
        ? several.stream().map(String::valueOf).anyMatch(test)
        : test.test(String.valueOf(given));
  }

  private static @Nullable List<String> split(String text, List<?> arguments) {
    String separator = characters(arguments);
    long most = arguments.size() > 1 && arguments.get(1) instanceof Number n ? n.longValue() : -1;
    if (separator == null) {
      return most >= 0 ? null : words(text);
    }
    List<String> parts = new ArrayList<>();
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

  private static @Nullable List<String> rsplit(String text, List<?> arguments) {
    if (arguments.size() < 2) {
      return split(text, arguments);
    }
    String separator = String.valueOf(arguments.getFirst());
    long most = arguments.get(1) instanceof Number n ? n.longValue() : -1;
    List<String> parts = new ArrayList<>();
    String rest = text;
    for (int at = rest.lastIndexOf(separator);
        at >= 0 && (most < 0 || parts.size() < most);
        at = rest.lastIndexOf(separator)) {
      parts.addFirst(rest.substring(at + separator.length()));
      rest = rest.substring(0, at);
    }
    parts.addFirst(rest);
    return parts;
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (!isSpace(c)) {
                word.appendCodePoint(c);
              } else if (!word.isEmpty()) {
                words.add(word.toString());
                word.setLength(0);
              }
            });
    if (!word.isEmpty()) {
      words.add(word.toString());
    }
    return words;
  }

  private static String title(String text) {
    StringBuilder result = new StringBuilder(text.length());
    boolean inWord = false;
    for (int c : text.codePoints().toArray()) {
      result.appendCodePoint(inWord ? Character.toLowerCase(c) : Character.toTitleCase(c));
      inWord = Character.isLetter(c);
    }
    return result.toString();
  }
}
