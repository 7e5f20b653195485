package org.longpo.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.longpo.jinja.Statement.MacroBody;
import org.longpo.jinja.Statement.Target;
import org.longpo.jinja.Token.Kind;

/** Reads a template's text and tags. */
final class StatementParser {
  private static final Set<String> RESERVED =
      Set.of("true", "false", "none", "True", "False", "None");

  private final Tokens tokens;
  private final ExpressionParser expressions;

  /** The number of enclosing loops, for {@code break} and {@code continue}. */
  private int loops;

  private StatementParser(List<Token> all) {
    this.tokens = new Tokens(all);
    this.expressions = new ExpressionParser(tokens);
  }

  static List<Statement> statements(List<Token> tokens) {
    StatementParser parser = new StatementParser(tokens);
    List<Statement> statements = parser.body(Set.of(), "", 1);
    parser.expressions.unknown().refuse();
    return statements;
  }

  /** Statements up to one of the tags {@code ends}, whose name is then the current token. */
  private List<Statement> body(Set<String> ends, String tag, int line) {
    List<Statement> body = new ArrayList<>();
    while (tokens.current().kind() != Kind.END) {
      Token token = tokens.next();
      if (token.kind() == Kind.TEXT) {
        body.add(new Statement.Text(token.line(), token.text()));
      } else if (token.kind() == Kind.OUTPUT_BEGIN) {
        body.add(new Statement.Output(token.line(), expressions.tuple(true)));
        tokens.expect(Kind.OUTPUT_END, "'}}'");
      } else {
        if (ends.contains(tokens.current().text()) && tokens.current().kind() == Kind.NAME) {
          return body;
        }
        body.add(statement());
      }
    }
    if (ends.isEmpty()) {
      return body;
    }
    throw new TemplateSyntaxFailure(
        line, "the tag {% " + tag + " %} is never closed: {% " + "end" + tag + " %} is missing");
  }

  /** Statements up to the tag's end, which is read as well. */
  private List<Statement> bodyOf(String tag, int line) {
    endTag();
    List<Statement> body = body(Set.of("end" + tag), tag, line);
    tokens.next();
    endTag();
    return body;
  }

  private void endTag() {
    tokens.expect(Kind.BLOCK_END, "'%}'");
  }

  private Statement statement() {
    Token tag = tokens.expect(Kind.NAME, "the name of a tag");
    int line = tag.line();
    Unsupported.checkTag(tag.text(), line);
    return switch (tag.text()) {
      case "for" -> loop(line);
      case "if" -> condition(line);
      case "set" -> assignment(line);
      case "with" -> with(line);
      case "macro" -> macro(line);
      case "call" -> call(line);
      case "filter" -> filter(line);
      case "generation" -> new Statement.Generation(line, outsideOfLoops("generation", line));
      case "print" -> print(line);
      case "break", "continue" -> jump(tag.text(), line);
      default -> throw new TemplateSyntaxFailure(line, "there is no tag {% " + tag.text() + " %}");
    };
  }

  private Statement jump(String tag, int line) {
    if (loops == 0) {
      throw new TemplateSyntaxFailure(line, "{% " + tag + " %} stands outside of a loop");
    }
    endTag();
    return tag.equals("break") ? new Statement.Break(line) : new Statement.Continue(line);
  }

  private Statement print(int line) {
    List<Expression> parts = new ArrayList<>();
    do {
      parts.add(expressions.expression());
    } while (tokens.skipOperator(","));
    endTag();
    return new Statement.Output(line, new Expression.Concatenation(parts));
  }

  private Statement loop(int line) {
    Target target = target(false);
    if (!tokens.skipName("in")) {
      throw tokens.unexpected("'in'");
    }
    Expression items = expressions.tuple(false);
    Expression condition = tokens.skipName("if") ? expressions.expression() : null;
    boolean recursive = tokens.skipName("recursive");
    endTag();
    loops++;
    List<Statement> body = body(Set.of("else", "endfor"), "for", line);
    loops--;
    List<Statement> otherwise = List.of();
    if (tokens.next().isName("else")) {
      endTag();
      otherwise = body(Set.of("endfor"), "for", line);
      tokens.next();
    }
    endTag();
    return new Statement.For(line, target, items, condition, recursive, body, otherwise);
  }

  private Statement condition(int line) {
    int unknownBefore = 0;
    List<Statement.Branch> branches = new ArrayList<>();
    List<Statement> otherwise = List.of();
    boolean more = true;
    while (more) {
      Expression test = expressions.tuple(false);
      // The first test is certainly reached; what follows may not be.
      unknownBefore = branches.isEmpty() ? expressions.unknown().count() : unknownBefore;
      endTag();
      List<Statement> body = body(Set.of("elif", "else", "endif"), "if", line);
      branches.add(new Statement.Branch(test, body));
      Token end = tokens.next();
      more = end.isName("elif");
      if (end.isName("else")) {
        endTag();
        otherwise = body(Set.of("endif"), "if", line);
        tokens.next();
      }
    }
    endTag();
    expressions.unknown().allowSince(unknownBefore);
    return new Statement.If(line, branches, otherwise);
  }

  private Statement assignment(int line) {
    Target target = target(true);
    if (tokens.skipOperator("=")) {
      Expression value = expressions.tuple(true);
      endTag();
      return new Statement.Assignment(line, target, value);
    }
    Expression text = new Expression.Name(Statement.BODY);
    Expression value = tokens.skipOperator("|") ? expressions.filters(text) : text;
    return new Statement.BlockAssignment(line, target, value, bodyOf("set", line));
  }

  private Statement with(int line) {
    List<Target> targets = new ArrayList<>();
    List<Expression> values = new ArrayList<>();
    while (tokens.current().kind() != Kind.BLOCK_END) {
      if (!targets.isEmpty()) {
        tokens.expectOperator(",");
      }
      targets.add(target(false));
      tokens.expectOperator("=");
      values.add(expressions.expression());
    }
    return new Statement.With(line, targets, values, bodyOf("with", line));
  }

  private Statement macro(int line) {
    String name = name();
    int start = tokens.position();
    List<String> parameters = new ArrayList<>();
    List<Expression> defaults = new ArrayList<>();
    signature(parameters, defaults);
    List<Statement> body = outsideOfLoops("macro", line);
    return new Statement.MacroDefinition(
        line, name, new MacroBody(parameters, defaults, specialNames(start), body));
  }

  private Statement call(int line) {
    int start = tokens.position();
    List<String> parameters = new ArrayList<>();
    List<Expression> defaults = new ArrayList<>();
    if (tokens.current().isOperator("(")) {
      signature(parameters, defaults);
    }
    if (!(expressions.expression() instanceof Expression.Call call)) {
      throw new TemplateSyntaxFailure(line, "{% call %} wants the call of a macro");
    }
    List<Statement> body = outsideOfLoops("call", line);
    return new Statement.CallBlock(
        line, call, new MacroBody(parameters, defaults, specialNames(start), body));
  }

  private List<Statement> outsideOfLoops(String tag, int line) {
    int around = loops;
    loops = 0;
    List<Statement> body = bodyOf(tag, line);
    loops = around;
    return body;
  }

  private List<String> specialNames(int start) {
    List<Token> within = tokens.since(start);
    return Stream.of("caller", "varargs", "kwargs")
        .filter(name -> within.stream().anyMatch(token -> token.isName(name)))
        .toList();
  }

  /** Parameters; the last ones have defaults. */
  private void signature(List<String> parameters, List<Expression> defaults) {
    tokens.expectOperator("(");
    while (!tokens.skipOperator(")")) {
      if (!parameters.isEmpty()) {
        tokens.expectOperator(",");
      }
      parameters.add(name());
      if (tokens.skipOperator("=")) {
        defaults.add(expressions.expression());
      } else if (!defaults.isEmpty()) {
        throw tokens.failure("a parameter without default follows one with a default");
      }
    }
  }

  private Statement filter(int line) {
    Expression value = expressions.filters(new Expression.Name(Statement.BODY));
    return new Statement.FilterBlock(line, value, bodyOf("filter", line));
  }

  private String name() {
    String name = tokens.expect(Kind.NAME, "a name").text();
    if (RESERVED.contains(name)) {
      throw tokens.failure("nothing can be assigned to " + PythonText.repr(name));
    }
    return name;
  }

  private Target target(boolean withAttribute) {
    if (withAttribute && tokens.look().isOperator(".")) {
      String namespace = name();
      tokens.next();
      return new Target.AttributeTarget(namespace, tokens.expect(Kind.NAME, "a name").text());
    }
    List<Target> targets = new ArrayList<>();
    boolean isTuple = false;
    do {
      if (!targets.isEmpty() && !startsTarget()) {
        break;
      }
      targets.add(oneTarget());
      isTuple = isTuple || tokens.current().isOperator(",");
    } while (tokens.skipOperator(","));
    return isTuple ? new Target.TupleTarget(targets) : targets.getFirst();
  }

  private boolean startsTarget() {
    Token token = tokens.current();
    return !token.isOperator(")");
  }

  private Target oneTarget() {
    if (tokens.skipOperator("(")) {
      Target inner = target(false);
      tokens.expectOperator(")");
      return inner;
    }
    return new Target.NameTarget(name());
  }
}
