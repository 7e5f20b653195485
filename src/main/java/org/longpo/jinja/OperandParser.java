package org.longpo.jinja;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.longpo.jinja.Expression.ArgumentList;
import org.longpo.jinja.Token.Kind;

/** Reads operands: literals and names, with their attributes, items and calls. */
final class OperandParser {
  private final Tokens tokens;
  private final ExpressionParser expressions;

  OperandParser(Tokens tokens, ExpressionParser expressions) {
    this.tokens = tokens;
    this.expressions = expressions;
  }

  Expression primary() {
    Token token = tokens.current();
    return switch (token.kind()) {
      case NAME -> {
        tokens.next();
        yield switch (token.text()) {
          case "true", "True" -> new Expression.Constant(true);
          case "false", "False" -> new Expression.Constant(false);
          case "none", "None" -> new Expression.Constant(None.NONE);
          default -> name(token);
        };
      }
      case STRING -> {
        StringBuilder text = new StringBuilder();
        while (tokens.current().kind() == Kind.STRING) {
          text.append(tokens.next().text());
        }
        yield new Expression.Constant(text.toString());
      }
      case INTEGER -> new Expression.Constant(integer(tokens.next().text()));
      case FLOAT ->
          new Expression.Constant(Double.parseDouble(tokens.next().text().replace("_", "")));
      case OPERATOR -> bracketed();
      case TEXT, OUTPUT_BEGIN, OUTPUT_END, BLOCK_BEGIN, BLOCK_END, END ->
          throw tokens.unexpected("an expression");
    };
  }

  private static Expression name(Token token) {
    Unsupported.checkName(token.text(), token.line());
    return new Expression.Name(token.text());
  }

  private static BigInteger integer(String written) {
    String digits = written.replace("_", "").toLowerCase(Locale.ROOT);
    int base =
        digits.startsWith("0x")
            ? 16
            : digits.startsWith("0o") ? 8 : digits.startsWith("0b") ? 2 : 10;
    return new BigInteger(base == 10 ? digits : digits.substring(2), base);
  }

  private Expression bracketed() {
    if (tokens.skipOperator("(")) {
      Expression value = expressions.tuple(true, true);
      tokens.expectOperator(")");
      return value;
    }
    if (tokens.skipOperator("[")) {
      return new Expression.ListOf(untilClosed("]"));
    }
    if (tokens.skipOperator("{")) {
      List<Expression> keys = new ArrayList<>();
      List<Expression> values = new ArrayList<>();
      while (!tokens.skipOperator("}")) {
        if (!keys.isEmpty()) {
          tokens.expectOperator(",");
          if (tokens.skipOperator("}")) {
            break;
          }
        }
        keys.add(expressions.expression());
        tokens.expectOperator(":");
        values.add(expressions.expression());
      }
      return new Expression.DictionaryOf(keys, values);
    }
    throw tokens.unexpected("an expression");
  }

  /** Expressions with commas between, the last of which may end in one. */
  private List<Expression> untilClosed(String close) {
    List<Expression> items = new ArrayList<>();
    while (!tokens.skipOperator(close)) {
      if (!items.isEmpty()) {
        tokens.expectOperator(",");
        if (tokens.skipOperator(close)) {
          break;
        }
      }
      items.add(expressions.expression());
    }
    return items;
  }

  Expression postfix(Expression value) {
    Expression result = value;
    while (true) {
      if (tokens.skipOperator(".")) {
        result = member(result);
      } else if (tokens.skipOperator("[")) {
        result = new Expression.Item(result, subscript());
      } else if (tokens.current().isOperator("(")) {
        result = call(result);
      } else {
        return result;
      }
    }
  }

  private Expression member(Expression owner) {
    if (tokens.current().kind() == Kind.INTEGER) {
      return new Expression.Item(owner, new Expression.Constant(integer(tokens.next().text())));
    }
    return new Expression.Attribute(owner, tokens.expect(Kind.NAME, "a name").text());
  }

  private Expression subscript() {
    List<Expression> keys = new ArrayList<>();
    while (!tokens.skipOperator("]")) {
      if (!keys.isEmpty()) {
        tokens.expectOperator(",");
      }
      keys.add(key());
    }
    if (keys.isEmpty()) {
      throw tokens.failure("an index is missing between '[' and ']'");
    }
    return keys.size() == 1 ? keys.getFirst() : new Expression.TupleOf(keys);
  }

  private Expression key() {
    Expression start = null;
    if (!tokens.current().isOperator(":")) {
      start = expressions.expression();
      if (!tokens.current().isOperator(":")) {
        return start;
      }
    }
    tokens.expectOperator(":");
    Expression stop = bound();
    Expression step = tokens.skipOperator(":") ? bound() : null;
    return new Expression.SliceOf(start, stop, step);
  }

  private @Nullable Expression bound() {
    Token token = tokens.current();
    boolean absent = token.isOperator(":") || token.isOperator("]") || token.isOperator(",");
    return absent ? null : expressions.expression();
  }

  Expression call(Expression callee) {
    int line = tokens.line();
    ArgumentList arguments = arguments();
    Unsupported.checkCall(callee, arguments, line);
    return new Expression.Call(callee, arguments);
  }

  ArgumentList arguments() {
    tokens.expectOperator("(");
    List<Expression> positional = new ArrayList<>();
    Map<String, Expression> named = new LinkedHashMap<>();
    Expression otherPositional = null;
    Expression otherNamed = null;
    boolean first = true;
    while (!tokens.skipOperator(")")) {
      if (!first) {
        tokens.expectOperator(",");
        if (tokens.skipOperator(")")) {
          break;
        }
      }
      first = false;
      if (tokens.skipOperator("*") && otherPositional == null && otherNamed == null) {
        otherPositional = expressions.expression();
      } else if (tokens.skipOperator("**") && otherNamed == null) {
        otherNamed = expressions.expression();
      } else if (tokens.current().kind() == Kind.NAME && tokens.look().isOperator("=")) {
        String name = tokens.next().text();
        tokens.next();
        if (named.put(name, expressions.expression()) != null) {
          throw tokens.failure("the argument " + PythonText.repr(name) + " is given twice");
        }
      } else if (named.isEmpty() && otherPositional == null && otherNamed == null) {
        positional.add(expressions.expression());
      } else {
        throw tokens.failure("an argument without a name follows one with a name");
      }
    }
    return new ArgumentList(positional, named, otherPositional, otherNamed);
  }
}
