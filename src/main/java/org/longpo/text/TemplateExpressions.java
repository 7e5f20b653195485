package org.longpo.text;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Expressions that Jinja knows and the engine reads otherwise, put in another way. */
final class TemplateExpressions {
  private static final Pattern REWRITTEN =
      Pattern.compile(
          "(?<quoted>'(?:\\\\.|[^'\\\\])*+'|\"(?:\\\\.|[^\"\\\\])*+\")"
              + "|(?<reversing>\\[\\s*:\\s*:\\s*-1\\s*\\])"
              + "|(?<comparison>[=!]=)\\s*(?<truth>[Ff]alse|[Tt]rue)\\b"
              + "|\\|\\s*(?<filter>[A-Za-z_]\\w*)"
              + "|(?<is>\\bis\\s+(?:not\\s+)?)(?<test>[A-Za-z_]\\w*)"
              + "|(?<argument>[(,]\\s*[A-Za-z_]\\w*\\s*=(?!=))",
          Pattern.DOTALL);
  private static final Pattern DECLARATION = Pattern.compile("(?s)\\s*(macro|call)\\b.*");

  private TemplateExpressions() {}

  /** The inside of a tag with the same meaning to the engine. */
  static String rewritten(String tag) {
    boolean declares = DECLARATION.matcher(tag).matches();
    StringBuilder result = new StringBuilder();
    Matcher matcher = REWRITTEN.matcher(tag);
    int at = 0;
    while (matcher.find(at)) {
      result.append(tag, at, matcher.start());
      at = matcher.end();
      String comparison = matcher.group("comparison");
      String filter = matcher.group("filter");
      String test = matcher.group("test");
      if (matcher.group("reversing") != null) {
        result.append('.').append(PythonMethods.REVERSED).append("()");
      } else if (comparison != null) {
        // The engine turns both sides to booleans first, so that '' == false.
        result.append(comparison.equals("!=") ? "is not " : "is ");
        result.append(TruthTest.NAME).append('(').append(matcher.group("truth")).append(')');
      } else if (filter != null && !TemplateEngine.hasFilter(filter)) {
        result.append("| ").append(unknown(filter));
      } else if (test != null && !TemplateEngine.hasTest(test)) {
        result.append(matcher.group("is")).append(unknown(test));
      } else if (matcher.group("argument") != null && !declares) {
        // The engine binds the name tighter than an operator: (n=a - 1) would be (n=a) - 1.
        int end = endOfArgument(tag, at);
        String value = rewritten(tag.substring(at, end)).strip();
        result.append(matcher.group()).append('(').append(value).append(')');
        at = end;
      } else {
        result.append(matcher.group());
      }
    }
    return result.append(tag, at, tag.length()).toString();
  }

  private static String unknown(String name) {
    return UnknownNames.NAME + "('" + name + "')";
  }

  private static int endOfArgument(String tag, int from) {
    String rest = tag.substring(from);
    int comma = indexOfTopLevel(rest, ",");
    int close = indexOfTopLevel(rest, ")");
    int end = close < 0 ? rest.length() : close;
    return from + (comma >= 0 ? Math.min(comma, end) : end);
  }

  /** Where {@code word} first stands outside of quotes and of brackets opened here, or -1. */
  static int indexOfTopLevel(String expression, String word) {
    int depth = 0;
    char quote = 0;
    for (int i = 0; i < expression.length(); i++) {
      char c = expression.charAt(i);
      if (quote != 0) {
        if (c == '\\') {
          i++;
        } else if (c == quote) {
          quote = 0;
        }
      } else if (depth == 0 && expression.startsWith(word, i)) {
        return i;
      } else if (c == '\'' || c == '"') {
        quote = c;
      } else if ("([{".indexOf(c) >= 0) {
        depth++;
      } else if (")]}".indexOf(c) >= 0) {
        depth--;
      }
    }
    return -1;
  }
}
