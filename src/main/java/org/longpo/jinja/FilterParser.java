package org.longpo.jinja;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.longpo.jinja.Expression.ArgumentList;
import org.longpo.jinja.Token.Kind;

/** Reads the filters and tests after an operand. */
final class FilterParser {
  private final Tokens tokens;
  private final OperandParser operands;
  private final UnknownNames unknown;

  FilterParser(Tokens tokens, OperandParser operands, UnknownNames unknown) {
    this.tokens = tokens;
    this.operands = operands;
    this.unknown = unknown;
  }

  Expression filtersAndTests(Expression value) {
    Expression result = value;
    while (true) {
      if (tokens.current().isOperator("|")) {
        tokens.next();
        result = filter(result);
      } else if (tokens.skipName("is")) {
        result = test(result);
      } else if (tokens.current().isOperator("(")) {
        result = operands.call(result);
      } else {
        return result;
      }
    }
  }

  /** Filters from here on, the first without its {@code |}. */
  Expression filters(Expression input) {
    Expression result = filter(input);
    while (tokens.skipOperator("|")) {
      result = filter(result);
    }
    return result;
  }

  private Expression filter(Expression input) {
    int line = tokens.line();
    String name = dottedName();
    Unsupported.checkFilter(name, line);
    if (!Filters.exists(name)) {
      unknown.add(line, "there is no filter " + PythonText.repr(name));
    }
    ArgumentList arguments =
        tokens.current().isOperator("(") ? operands.arguments() : ArgumentList.EMPTY;
    Unsupported.checkFilterIn(name, arguments, line);
    return new Expression.Filter(input, name, arguments);
  }

  private Expression test(Expression input) {
    boolean negated = tokens.skipName("not");
    int line = tokens.line();
    String name = dottedName();
    if (!Tests.exists(name)) {
      unknown.add(line, "there is no test " + PythonText.repr(name));
    }
    Expression test = new Expression.Test(input, name, testArguments());
    return negated ? new Expression.Not(test) : test;
  }

  private ArgumentList testArguments() {
    Token token = tokens.current();
    if (token.isOperator("(")) {
      return operands.arguments();
    }
    boolean argument =
        switch (token.kind()) {
          case NAME -> !Set.of("else", "or", "and").contains(token.text());
          case STRING, INTEGER, FLOAT -> true;
          case OPERATOR -> token.isOperator("[") || token.isOperator("{");
          case TEXT, OUTPUT_BEGIN, OUTPUT_END, BLOCK_BEGIN, BLOCK_END, END -> false;
        };
    if (token.isName("is")) {
      throw tokens.failure("tests cannot be chained with 'is'");
    }
    return argument
        ? new ArgumentList(List.of(operands.postfix(operands.primary())), Map.of(), null, null)
        : ArgumentList.EMPTY;
  }

  private String dottedName() {
    StringBuilder name = new StringBuilder(tokens.expect(Kind.NAME, "a name").text());
    while (tokens.skipOperator(".")) {
      name.append('.').append(tokens.expect(Kind.NAME, "a name").text());
    }
    return name.toString();
  }
}
