package org.longpo.pairs;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the instructions out of a model's list.
 *
 * <p>An item begins with its number ("1.", "1)", "(1)", "Instruction 1:", "**1.**") or, if no line
 * has a number, with a bullet. Lines that follow an item without a blank line belong to it; text
 * before the first item, and after a blank line, does not. Anything unclear gives nothing: a chunk
 * is cheaper than a bad instruction.
 */
public final class InstructionParser {
  /** Markdown that may stand around a number: headings, quotes, emphasis. */
  private static final String DECORATION = "[\\s#>*_\\-]*";

  private static final Pattern NUMBERED =
      Pattern.compile(
          "^"
              + DECORATION
              + "(?:(?:instruction|question|task|query|prompt|q)\\s*#?\\s*(\\d{1,3})[*_]*\\s*[.:)\\-]?"
              + "|\\(?(\\d{1,3})[*_]*\\s*[.:)])"
              + "(?!\\d)[*_]*\\s*(.*)$",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  private static final Pattern BULLET = Pattern.compile("^\\s*[-*+•–]\\s+(.*)$");

  /** Emphasis of Markdown; the marks alone may be code, as in {@code **kwargs}. */
  private static final Pattern EMPHASIS = Pattern.compile("\\*\\*(?=\\S)(.+?)(?<=\\S)\\*\\*");

  /** The end of an emphasis that began before the number. */
  private static final Pattern EMPHASIS_END = Pattern.compile("(?<=\\S)\\*\\*(?=[\\s:.]|$)");

  private InstructionParser() {}

  /** Exactly {@code count} different instructions in their order, or nothing. */
  public static Optional<List<String>> parse(String answer, int count) {
    List<String> lines = answer.lines().toList();
    boolean numbered = lines.stream().anyMatch(line -> NUMBERED.matcher(line).matches());
    Optional<List<String>> items = numbered ? numbered(lines) : Optional.of(bullets(lines));
    return items
        .map(found -> found.stream().map(InstructionParser::clean).toList())
        .filter(found -> found.size() == count)
        .filter(found -> found.stream().allMatch(InstructionParser::hasLetter))
        .filter(found -> distinct(found) == count);
  }

  /** Nothing if the numbers are not 1, 2, 3, ... */
  private static Optional<List<String>> numbered(List<String> lines) {
    Items items = new Items();
    for (String line : lines) {
      Matcher marker = NUMBERED.matcher(line);
      if (marker.matches()) {
        String number = marker.group(1) == null ? marker.group(2) : marker.group(1);
        if (Integer.parseInt(number) != items.size() + 1) {
          return Optional.empty();
        }
        items.begin(marker.group(3));
      } else {
        items.goOn(line);
      }
    }
    return Optional.of(items.texts());
  }

  private static List<String> bullets(List<String> lines) {
    Items items = new Items();
    for (String line : lines) {
      Matcher marker = BULLET.matcher(line);
      if (marker.matches()) {
        items.begin(marker.group(1));
      } else {
        items.goOn(line);
      }
    }
    return items.texts();
  }

  /** The items so far, of which the last one may still grow. */
  private static final class Items {
    private final List<StringBuilder> items = new ArrayList<>();
    private boolean open;

    int size() {
      return items.size();
    }

    void begin(String text) {
      items.add(new StringBuilder(text));
      open = true;
    }

    void goOn(String line) {
      if (items.isEmpty()) {
        return;
      }
      StringBuilder item = items.getLast();
      // A heading such as "Instruction 1:" may have a blank line before its text.
      if (line.isBlank()) {
        open = !hasLetter(item.toString());
      } else if (open) {
        item.append(' ').append(line.strip());
      }
    }

    List<String> texts() {
      return items.stream().map(StringBuilder::toString).toList();
    }
  }

  /** Without emphasis marks, quotes around the whole and runs of white space. */
  private static String clean(String item) {
    String plain = EMPHASIS.matcher(item).replaceAll("$1");
    String text = EMPHASIS_END.matcher(plain).replaceFirst("").strip().replaceAll("\\s+", " ");
    for (String quotes : List.of("\"\"", "“”", "''", "‘’", "``")) {
      boolean quoted =
          text.length() > 2
              && text.charAt(0) == quotes.charAt(0)
              && text.charAt(text.length() - 1) == quotes.charAt(1)
              && text.indexOf(quotes.charAt(1), 1) == text.length() - 1;
      if (quoted) {
        return text.substring(1, text.length() - 1).strip();
      }
    }
    return text;
  }

  private static boolean hasLetter(String item) {
    return item.codePoints().anyMatch(Character::isLetter);
  }

  private static long distinct(List<String> items) {
    return items.stream().map(item -> item.toLowerCase(Locale.ROOT)).distinct().count();
  }
}
