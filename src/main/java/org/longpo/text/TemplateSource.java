package org.longpo.text;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A template's text, made ready for the engine.
 *
 * <p>White space around tags is settled here, by Jinja's rules with {@code trim_blocks} and {@code
 * lstrip_blocks}; the engine's own trimming takes a space between two tags for the start of a line.
 * Comments go, and expressions are put as {@link TemplateExpressions} says.
 */
final class TemplateSource {
  private static final Pattern RAW = Pattern.compile("\\s*raw\\s*");
  private static final Pattern END_OF_RAW =
      Pattern.compile("\\{%(?<left>[-+]?)\\s*endraw\\s*(?<right>[-+]?)%\\}");

  private final String source;
  private final StringBuilder result = new StringBuilder();
  private int at;
  private boolean lineStarts = true;

  private TemplateSource(String source) {
    this.source = source;
  }

  /** As Python's Jinja reads it: line breaks are {@code \n}, and the last one does not count. */
  static String prepared(String template) {
    String lines = template.replace("\r\n", "\n").replace('\r', '\n');
    String text = lines.endsWith("\n") ? lines.substring(0, lines.length() - 1) : lines;
    return new TemplateSource(text).prepared();
  }

  private String prepared() {
    for (int start = nextTag(); start >= 0; start = nextTag()) {
      tag(start);
    }
    return result.append(source, at, source.length()).toString();
  }

  /** Where the next tag begins, or -1. */
  private int nextTag() {
    for (int i = source.indexOf('{', at); i >= 0; i = source.indexOf('{', i + 1)) {
      if (i + 1 < source.length() && "%{#".indexOf(source.charAt(i + 1)) >= 0) {
        return i;
      }
    }
    return -1;
  }

  private void tag(int start) {
    char kind = source.charAt(start + 1);
    String close = kind == '{' ? "}}" : kind + "}";
    char left = start + 2 < source.length() ? source.charAt(start + 2) : ' ';
    int inside = start + (left == '-' || left == '+' ? 3 : 2);
    int end =
        kind == '#'
            ? source.indexOf(close, inside)
            : inside + closing(source.substring(inside), close);
    if (end < inside) {
      // Never closed: the engine says so.
      result.append(source, at, source.length());
      at = source.length();
      return;
    }
    text(start, left, kind != '{');
    char right = end > inside ? source.charAt(end - 1) : ' ';
    boolean signed = right == '-' || (right == '+' && kind != '{');
    String body = source.substring(inside, signed ? end - 1 : end);
    after(end + close.length(), right, kind != '{');
    if (kind == '%' && RAW.matcher(body).matches()) {
      raw();
    } else if (kind != '#') {
      String expression = TemplateExpressions.rewritten(body);
      result.append('{').append(kind).append(' ').append(expression.strip());
      result.append(' ').append(close);
    }
  }

  private static int closing(String rest, String close) {
    int end = TemplateExpressions.indexOfTopLevel(rest, close);
    return end < 0 ? Integer.MIN_VALUE / 2 : end;
  }

  /** Literal text up to {@code endraw}. */
  private void raw() {
    Matcher end = END_OF_RAW.matcher(source);
    result.append("{% raw %}");
    if (end.find(at)) {
      String left = end.group("left");
      text(end.start(), left.isEmpty() ? ' ' : left.charAt(0), true);
      String right = end.group("right");
      after(end.end(), right.isEmpty() ? ' ' : right.charAt(0), true);
      result.append("{% endraw %}");
    }
  }

  /** The text before a tag, less what the tag's sign or its place in the line takes away. */
  private void text(int end, char sign, boolean block) {
    String text = source.substring(at, end);
    if (sign == '-') {
      text = PythonStrings.strip(text, null, false, true);
    } else if (sign != '+' && block) {
      int line = text.lastIndexOf('\n') + 1;
      boolean indents = PythonStrings.strip(text.substring(line), null, true, true).isEmpty();
      text = (line > 0 || lineStarts) && indents ? text.substring(0, line) : text;
    }
    result.append(text);
  }

  /** Goes on behind a tag and the white space that it takes with it. */
  private void after(int end, char sign, boolean block) {
    at = end;
    if (sign == '-') {
      while (at < source.length() && PythonStrings.isSpace(source.charAt(at))) {
        at++;
      }
    } else if (block && sign != '+' && source.startsWith("\n", at)) {
      at++;
    }
    lineStarts = source.charAt(at - 1) == '\n';
  }
}
