package org.longpo.jinja;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Filters that make text of text. */
final class TextFilters {
  private static final Pattern WORD = Pattern.compile("(?U)\\w+");
  private static final Pattern WORD_BEGINS = Pattern.compile("(?U)[-\\s({\\[<]+");

  private TextFilters() {}

  static void addTo(Map<String, Filters.Filter> all) {
    all.put("capitalize", text("capitalize", PythonStrings::capitalized));
    all.put("lower", text("lower", text -> text.toLowerCase(Locale.ROOT)));
    all.put("upper", text("upper", text -> text.toUpperCase(Locale.ROOT)));
    all.put("title", text("title", TextFilters::title));
    all.put("center", TextFilters::center);
    all.put("e", TextFilters::escape);
    all.put("escape", TextFilters::escape);
    all.put("forceescape", (value, arguments) -> Markup.escaped(PythonText.str(value)));
    all.put("safe", (value, arguments) -> new Markup(PythonText.str(value)));
    all.put(
        "string", (value, arguments) -> value instanceof Markup ? value : PythonText.str(value));
    all.put("format", TextFilters::format);
    all.put("indent", TextFilters::indent);
    all.put("replace", TextFilters::replace);
    all.put("trim", TextFilters::trim);
    all.put("truncate", TextFilters::truncate);
    all.put("wordcount", TextFilters::countWords);
  }

  private static Filters.Filter text(String name, UnaryOperator<String> change) {
    return (value, arguments) -> {
      arguments.bind(name);
      String text = change.apply(PythonText.str(value));
      return value instanceof Markup ? new Markup(text) : text;
    };
  }

  private static String title(String text) {
    StringBuilder result = new StringBuilder(text.length());
    Matcher matcher = WORD_BEGINS.matcher(text);
    int from = 0;
    while (matcher.find()) {
      result.append(begun(text.substring(from, matcher.start()))).append(matcher.group());
      from = matcher.end();
    }
    return result.append(begun(text.substring(from))).toString();
  }

  private static String begun(String word) {
    if (word.isEmpty()) {
      return word;
    }
    int end = Character.charCount(word.codePointAt(0));
    return word.substring(0, end).toUpperCase(Locale.ROOT)
        + word.substring(end).toLowerCase(Locale.ROOT);
  }

  private static Object center(Object value, Arguments arguments) {
    int width = arguments.bind("center", "width").number("width", 80);
    return StringMethods.padded(PythonText.str(value), width, " ", "center");
  }

  private static Object escape(Object value, Arguments arguments) {
    arguments.bind("escape");
    return Markup.escaped(value);
  }

  private static Object format(Object value, Arguments arguments) {
    if (!arguments.named().isEmpty() && !arguments.positional().isEmpty()) {
      throw new TemplateFailure("can't handle positional and keyword arguments at the same time");
    }
    Object values =
        arguments.named().isEmpty()
            ? Tuple.of(arguments.positional())
            : Map.copyOf(arguments.named());
    return PercentFormat.format(PythonText.str(value), values);
  }

  private static Object indent(Object value, Arguments arguments) {
    Arguments.Bound bound = arguments.bind("indent", "width", "first", "blank");
    Object width = bound.get("width", BigInteger.valueOf(4));
    String indent =
        width instanceof String text ? text : " ".repeat(Math.max(0, Values.index(width)));
    List<Object> lines = PythonStrings.lines(Values.text(value, "indent") + "\n", false);
    StringBuilder result = new StringBuilder(bound.flag("first") ? indent : "");
    for (int i = 0; i < lines.size(); i++) {
      String line = (String) lines.get(i);
      boolean indents = i > 0 && (bound.flag("blank") || !line.isEmpty());
      result.append(i > 0 ? "\n" : "").append(indents ? indent : "").append(line);
    }
    return value instanceof Markup ? new Markup(result.toString()) : result.toString();
  }

  private static Object replace(Object value, Arguments arguments) {
    Arguments.Bound bound = arguments.bind("replace", "old", "new", "count");
    int most = bound.get("count", None.NONE) == None.NONE ? -1 : bound.number("count", -1);
    return PythonStrings.replaced(
        PythonText.str(value),
        PythonText.str(bound.required("old")),
        PythonText.str(bound.required("new")),
        most);
  }

  private static Object trim(Object value, Arguments arguments) {
    Object characters = arguments.bind("trim", "chars").get("chars", None.NONE);
    String set = characters == None.NONE ? null : Values.text(characters, "trim");
    String text = PythonStrings.strip(PythonText.str(value), set, true, true);
    return value instanceof Markup ? new Markup(text) : text;
  }

  private static Object truncate(Object value, Arguments arguments) {
    Arguments.Bound bound = arguments.bind("truncate", "length", "killwords", "end", "leeway");
    int length = bound.number("length", 255);
    String end = bound.text("end", "...");
    int leeway = bound.get("leeway", None.NONE) == None.NONE ? 5 : bound.number("leeway", 5);
    if (Values.length(value).intValue() <= length + leeway) {
      return value;
    }
    String text = Values.text(value, "truncate");
    int kept = length - end.codePointCount(0, end.length());
    if (kept < 0) {
      throw new TemplateFailure("expected length >= " + (length - kept) + ", got " + length);
    }
    String start = text.substring(0, text.offsetByCodePoints(0, kept));
    int space = start.lastIndexOf(' ');
    return (bound.flag("killwords") || space < 0 ? start : start.substring(0, space)) + end;
  }

  private static Object countWords(Object value, Arguments arguments) {
    arguments.bind("wordcount");
    return BigInteger.valueOf(WORD.matcher(PythonText.str(value)).results().count());
  }
}
