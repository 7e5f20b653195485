package org.longpo.jinja;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.function.BiPredicate;
import java.util.function.IntPredicate;
import java.util.function.ToIntBiFunction;
import org.jspecify.annotations.Nullable;

/** The methods of Python's {@code str}. */
final class StringMethods {
  private StringMethods() {}

  /** The method of that name bound to {@code text}, or null if there is none. */
  static @Nullable Callable method(String text, String name) {
    return switch (name) {
      case "strip" -> arguments -> strip(text, arguments, name, true, true);
      case "lstrip" -> arguments -> strip(text, arguments, name, true, false);
      case "rstrip" -> arguments -> strip(text, arguments, name, false, true);
      case "upper" -> plain(name, () -> text.toUpperCase(Locale.ROOT));
      case "lower" -> plain(name, () -> text.toLowerCase(Locale.ROOT));
      case "casefold" -> plain(name, () -> text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT));
      case "title" -> plain(name, () -> PythonStrings.title(text));
      case "capitalize" -> plain(name, () -> PythonStrings.capitalized(text));
      case "swapcase" -> plain(name, () -> swapped(text));
      case "split", "rsplit" -> arguments -> split(text, arguments, name);
      case "splitlines" ->
          arguments -> PythonStrings.lines(text, arguments.bind(name, "keepends").flag("keepends"));
      case "partition" -> arguments -> partition(text, arguments, name, text::indexOf);
      case "rpartition" -> arguments -> partition(text, arguments, name, text::lastIndexOf);
      case "startswith" -> arguments -> affix(text, arguments, name, String::startsWith);
      case "endswith" -> arguments -> affix(text, arguments, name, String::endsWith);
      case "removeprefix" ->
          arguments -> {
            String prefix = arguments.bind(name, "prefix").text("prefix");
            return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
          };
      case "removesuffix" ->
          arguments -> {
            String suffix = arguments.bind(name, "suffix").text("suffix");
            return text.endsWith(suffix)
                ? text.substring(0, text.length() - suffix.length())
                : text;
          };
      case "find", "index" -> arguments -> find(text, arguments, name, String::indexOf);
      case "rfind", "rindex" -> arguments -> find(text, arguments, name, String::lastIndexOf);
      case "count" -> arguments -> count(text, arguments);
      case "replace" ->
          arguments -> {
            Arguments.Bound bound = arguments.bind(name, "old", "new", "count");
            return PythonStrings.replaced(
                text, bound.text("old"), bound.text("new"), bound.number("count", -1));
          };
      case "join" -> arguments -> join(text, arguments.bind(name, "iterable").required("iterable"));
      case "center", "ljust", "rjust" -> arguments -> padded(text, arguments, name);
      case "zfill" ->
          arguments -> {
            int width = arguments.bind(name, "width").number("width", 0);
            boolean signed = text.startsWith("-") || text.startsWith("+");
            String zeros = "0".repeat(Math.max(0, width - length(text)));
            return signed ? text.charAt(0) + zeros + text.substring(1) : zeros + text;
          };
      case "format" -> arguments -> FormatString.format(text, arguments);
      default -> question(text, name);
    };
  }

  private static @Nullable Callable question(String text, String name) {
    IntPredicate all =
        switch (name) {
          case "isdigit" -> StringMethods::isDigit;
          case "isdecimal" -> Character::isDigit;
          case "isnumeric" -> StringMethods::isNumeric;
          case "isalpha" -> Character::isLetter;
          case "isalnum" -> c -> Character.isLetter(c) || isNumeric(c);
          case "isspace" -> PythonStrings::isSpace;
          default -> null;
        };
    if (all != null) {
      return plain(name, () -> !text.isEmpty() && text.codePoints().allMatch(all));
    }
    return switch (name) {
      case "isascii" -> plain(name, () -> text.codePoints().allMatch(c -> c < 0x80));
      case "islower" -> plain(name, () -> isCase(text, Character::isLowerCase));
      case "isupper" -> plain(name, () -> isCase(text, Character::isUpperCase));
      case "istitle" ->
          plain(
              name,
              () ->
                  text.codePoints().anyMatch(PythonStrings::isCased)
                      && PythonStrings.title(text).equals(text));
      default -> null;
    };
  }

  static boolean isCase(String text, IntPredicate wanted) {
    return text.codePoints().anyMatch(PythonStrings::isCased)
        && text.codePoints().filter(PythonStrings::isCased).allMatch(wanted);
  }

  /** Decimal digits, and those that are raised, lowered, circled, in brackets or before a stop. */
  private static boolean isDigit(int c) {
    return Character.isDigit(c)
        || c == 0xB2
        || c == 0xB3
        || c == 0xB9
        || c == 0x2070
        || (c >= 0x2074 && c <= 0x2079)
        || (c >= 0x2080 && c <= 0x2089)
        || (c >= 0x2460 && c <= 0x2468)
        || (c >= 0x2474 && c <= 0x247C)
        || (c >= 0x2488 && c <= 0x2490);
  }

  private static boolean isNumeric(int c) {
    int type = Character.getType(c);
    return isDigit(c) || type == Character.OTHER_NUMBER || type == Character.LETTER_NUMBER;
  }

  private interface Plain {
    Object value();
  }

  /** A method without arguments. */
  private static Callable plain(String name, Plain value) {
    return arguments -> {
      arguments.bind(name);
      return value.value();
    };
  }

  private static Object strip(
      String text, Arguments arguments, String name, boolean left, boolean right) {
    Object characters = arguments.bind(name, "chars").get("chars", None.NONE);
    String set = characters == None.NONE ? null : Values.text(characters, name);
    return PythonStrings.strip(text, set, left, right);
  }

  private static Object split(String text, Arguments arguments, String name) {
    Arguments.Bound bound = arguments.bind(name, "sep", "maxsplit");
    Object given = bound.get("sep", None.NONE);
    String separator = given == None.NONE ? null : Values.text(given, name);
    int most = bound.number("maxsplit", -1);
    return name.equals("split")
        ? PythonStrings.split(text, separator, most)
        : PythonStrings.splitFromRight(text, separator, most);
  }

  private interface Finder {
    int find(String part);
  }

  private static Object partition(String text, Arguments arguments, String name, Finder finder) {
    String separator = arguments.bind(name, "sep").text("sep");
    int at = finder.find(separator);
    if (at < 0) {
      return name.equals("partition") ? Tuple.of(text, "", "") : Tuple.of("", "", text);
    }
    return Tuple.of(text.substring(0, at), separator, text.substring(at + separator.length()));
  }

  /** The part of {@code text} between the arguments {@code start} and {@code end}. */
  private static String part(String text, Arguments.Bound bound) {
    if (!bound.has("start") && !bound.has("end")) {
      return text;
    }
    Slice slice = new Slice(bound.get("start", None.NONE), bound.get("end", None.NONE), None.NONE);
    return (String) Attributes.item(text, slice);
  }

  private static Object affix(
      String text, Arguments arguments, String name, BiPredicate<String, String> has) {
    Arguments.Bound bound = arguments.bind(name, "affix", "start", "end");
    String part = part(text, bound);
    Object wanted = bound.required("affix");
    return wanted instanceof Tuple(List<Object> several, var _)
        ? several.stream().anyMatch(one -> has.test(part, Values.text(one, name)))
        : has.test(part, Values.text(wanted, name));
  }

  private static Object find(
      String text, Arguments arguments, String name, ToIntBiFunction<String, String> finder) {
    Arguments.Bound bound = arguments.bind(name, "sub", "start", "end");
    String part = part(text, bound);
    int at = finder.applyAsInt(part, bound.text("sub"));
    if (at < 0) {
      if (name.endsWith("index")) {
        throw new TemplateFailure("substring not found");
      }
      return BigInteger.valueOf(-1);
    }
    Slice before = new Slice(bound.get("start", None.NONE), None.NONE, None.NONE);
    int start = Positions.of(before, length(text)).start();
    return BigInteger.valueOf((long) start + part.codePointCount(0, at));
  }

  private static Object count(String text, Arguments arguments) {
    Arguments.Bound bound = arguments.bind("count", "sub", "start", "end");
    String part = part(text, bound);
    String sub = bound.text("sub");
    if (sub.isEmpty()) {
      return BigInteger.valueOf(length(part) + 1L);
    }
    return BigInteger.valueOf(PythonStrings.split(part, sub, -1).size() - 1L);
  }

  private static Object join(String separator, Object iterable) {
    StringBuilder text = new StringBuilder();
    int index = 0;
    for (Object item : Values.list(iterable)) {
      if (!(item instanceof String || item instanceof Markup)) {
        throw new TemplateFailure(
            "sequence item " + index + ": expected str instance, " + Values.type(item) + " found");
      }
      text.append(index == 0 ? "" : separator).append(PythonText.str(item));
      index++;
    }
    return text.toString();
  }

  private static Object padded(String text, Arguments arguments, String name) {
    Arguments.Bound bound = arguments.bind(name, "width", "fillchar");
    String fill = bound.text("fillchar", " ");
    return padded(text, Values.index(bound.required("width")), fill, name);
  }

  /** Python puts the odd blank to the left if the width is odd. */
  static String padded(String text, int width, String fill, String name) {
    int missing = Math.max(0, width - length(text));
    int left =
        switch (name) {
          case "ljust" -> 0;
          case "rjust" -> missing;
          default -> missing / 2 + (missing & width & 1);
        };
    return fill.repeat(left) + text + fill.repeat(missing - left);
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  private static String swapped(String text) {
    StringBuilder result = new StringBuilder(text.length());
    text.codePoints()
        .mapToObj(Character::toString)
        .forEach(
            c ->
                result.append(
                    Character.isUpperCase(c.codePointAt(0))
                        ? c.toLowerCase(Locale.ROOT)
                        : c.toUpperCase(Locale.ROOT)));
    return result.toString();
  }
}
