package org.longpo.jinja;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.longpo.jinja.Token.Kind;

/**
 * A template's source to tokens. White space around tags follows Jinja's rules with {@code
 * trim_blocks} and {@code lstrip_blocks}; comments are removed, line breaks become {@code \n}, and
 * the last one is dropped.
 */
final class Lexer {
  private static final Pattern RAW_BEGIN =
      Pattern.compile("(?U)\\{%[-+]?\\s*raw\\s*(?:-%\\}\\s*|%\\})");
  private static final Pattern RAW_END =
      Pattern.compile("(?U)\\{%(?<sign>[-+]?)\\s*endraw\\s*(?:\\+%\\}|-%\\}\\s*|%\\}\\n?)");
  private static final Pattern COMMENT_END = Pattern.compile("(?U)\\+#\\}|-#\\}\\s*|#\\}\\n?");
  private static final Pattern BLOCK_END = Pattern.compile("(?U)\\+%\\}|-%\\}\\s*|%\\}\\n?");
  private static final Pattern OUTPUT_END = Pattern.compile("(?U)-\\}\\}\\s*|\\}\\}");
  private static final Pattern SPACE = Pattern.compile("(?U)\\s+");
  private static final Pattern FLOAT =
      Pattern.compile(
          "(?<!\\.)(?:\\d+_)*\\d+(?:(?:\\.(?:\\d+_)*\\d+)?[eE][+\\-]?(?:\\d+_)*\\d+"
              + "|\\.(?:\\d+_)*\\d+)");
  private static final Pattern INTEGER =
      Pattern.compile(
          "0[bB](?:_?[0-1])+|0[oO](?:_?[0-7])+|0[xX](?:_?[0-9a-fA-F])+"
              + "|[1-9](?:_?\\d)*|0(?:_?0)*");
  private static final Pattern NAME = Pattern.compile("(?U)[\\p{L}_]\\w*");
  private static final Pattern OPERATOR =
      Pattern.compile("//|\\*\\*|==|!=|>=|<=|[-+/*%~\\[\\](){}<>=.:|,;]");

  private final String source;
  private final List<Token> tokens = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private int at;
  private int textLine = 1;
  private int line = 1;
  private int counted;

  private Lexer(String source) {
    this.source = source;
  }

  static List<Token> tokens(String template) {
    String lines = template.replace("\r\n", "\n").replace('\r', '\n');
    Lexer lexer = new Lexer(lines.endsWith("\n") ? lines.substring(0, lines.length() - 1) : lines);
    lexer.read();
    return lexer.tokens;
  }

  private void read() {
    for (int start = nextTag(); start >= 0; start = nextTag()) {
      tag(start);
    }
    text.append(source, at, source.length());
    endText();
    at = source.length();
    add(Kind.END, "");
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
    String sign = start + 2 < source.length() ? source.substring(start + 2, start + 3) : "";
    boolean signed = sign.equals("-") || sign.equals("+");
    textBefore(start, sign, kind != '{');
    Matcher raw = RAW_BEGIN.matcher(source).region(start, source.length());
    if (raw.lookingAt()) {
      at = raw.end();
      raw(start);
      return;
    }
    at = start + (signed ? 3 : 2);
    if (kind == '#') {
      Matcher end = COMMENT_END.matcher(source);
      if (!end.find(at)) {
        throw new TemplateSyntaxFailure(lineAt(start), "a comment never ends: '#}' is missing");
      }
      at = end.end();
      return;
    }
    endText();
    boolean block = kind == '%';
    tokens.add(
        new Token(
            block ? Kind.BLOCK_BEGIN : Kind.OUTPUT_BEGIN, block ? "{%" : "{{", lineAt(start)));
    inside(block ? BLOCK_END : OUTPUT_END, block);
  }

  /** Literal text up to {@code endraw}. */
  private void raw(int start) {
    Matcher end = RAW_END.matcher(source);
    if (!end.find(at)) {
      throw new TemplateSyntaxFailure(lineAt(start), "'{% endraw %}' is missing");
    }
    textBefore(end.start(), end.group("sign"), true);
    at = end.end();
  }

  /**
   * The text before a tag, without the white space that the tag's sign or its place in the line
   * removes.
   */
  private void textBefore(int end, String sign, boolean block) {
    String before = source.substring(at, end);
    if (sign.equals("-")) {
      before = PythonStrings.strip(before, null, false, true);
    } else if (!sign.equals("+") && block) {
      int lineStart = before.lastIndexOf('\n') + 1;
      boolean starts = lineStart > 0 || at == 0 || source.charAt(at - 1) == '\n';
      boolean blank = PythonStrings.strip(before.substring(lineStart), null, true, true).isEmpty();
      before = starts && blank ? before.substring(0, lineStart) : before;
    }
    text.append(before);
  }

  private void endText() {
    if (!text.isEmpty()) {
      tokens.add(new Token(Kind.TEXT, text.toString(), textLine));
      text.setLength(0);
    }
  }

  /** The tokens of one tag. */
  private void inside(Pattern end, boolean block) {
    Deque<Character> open = new ArrayDeque<>();
    while (at < source.length()) {
      Matcher matcher = end.matcher(source).region(at, source.length());
      if (open.isEmpty() && matcher.lookingAt()) {
        add(block ? Kind.BLOCK_END : Kind.OUTPUT_END, block ? "%}" : "}}");
        at = matcher.end();
        textLine = lineAt(at);
        return;
      }
      char c = source.charAt(at);
      if (c == '\'' || c == '"') {
        string(c);
      } else if (!matches(matcher, SPACE, null)
          && !matches(matcher, FLOAT, Kind.FLOAT)
          && !matches(matcher, INTEGER, Kind.INTEGER)
          && !matches(matcher, NAME, Kind.NAME)) {
        operator(matcher, open);
      }
    }
  }

  private boolean matches(Matcher matcher, Pattern pattern, @Nullable Kind kind) {
    // Transparent bounds: a float does not begin after a dot.
    matcher.usePattern(pattern).useTransparentBounds(true).region(at, source.length());
    boolean found = matcher.lookingAt();
    if (found && kind != null) {
      add(kind, matcher.group());
    }
    at = found ? matcher.end() : at;
    return found;
  }

  private void operator(Matcher matcher, Deque<Character> open) {
    matcher.usePattern(OPERATOR).region(at, source.length());
    if (!matcher.lookingAt()) {
      throw new TemplateSyntaxFailure(
          lineAt(at), "unexpected character " + PythonText.repr(source.substring(at, at + 1)));
    }
    String operator = matcher.group();
    char c = operator.charAt(0);
    int opening = "([{".indexOf(c);
    int closing = ")]}".indexOf(c);
    if (opening >= 0) {
      open.push(")]}".charAt(opening));
    } else if (closing >= 0 && (open.isEmpty() || open.pop() != c)) {
      throw new TemplateSyntaxFailure(lineAt(at), "unexpected '" + c + "'");
    }
    add(Kind.OPERATOR, operator);
    at = matcher.end();
  }

  private void string(char quote) {
    int end = at + 1;
    while (end < source.length() && source.charAt(end) != quote) {
      end += source.charAt(end) == '\\' ? 2 : 1;
    }
    if (end >= source.length()) {
      throw new TemplateSyntaxFailure(lineAt(at), "a string never ends");
    }
    add(Kind.STRING, StringLiterals.value(source.substring(at + 1, end), lineAt(at)));
    at = end + 1;
  }

  private void add(Kind kind, String value) {
    tokens.add(new Token(kind, value, lineAt(at)));
  }

  /** The line of a position, from 1; positions come in rising order with few exceptions. */
  private int lineAt(int position) {
    for (; counted < position; counted++) {
      line += source.charAt(counted) == '\n' ? 1 : 0;
    }
    for (; counted > position; counted--) {
      line -= source.charAt(counted - 1) == '\n' ? 1 : 0;
    }
    return line;
  }
}
