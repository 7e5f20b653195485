package org.longpo.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.longpo.jinja.Token.Kind;

/** Reads expressions, with Jinja's precedence of operators. */
final class ExpressionParser {
  private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");

  private final Tokens tokens;
  private final OperandParser operands;
  private final FilterParser filters;
  private final UnknownNames unknown = new UnknownNames();

  ExpressionParser(Tokens tokens) {
    this.tokens = tokens;
    this.operands = new OperandParser(tokens, this);
    this.filters = new FilterParser(tokens, operands, unknown);
  }

  UnknownNames unknown() {
    return unknown;
  }

  /** Filters from here on, the first without its {@code |}. */
  Expression filters(Expression input) {
    return filters.filters(input);
  }

  Expression expression() {
    int before = unknown.count();
    Expression value = or();
    while (tokens.current().isName("if")) {
      int line = tokens.next().line();
      Expression test = or();
      Expression otherwise = tokens.skipName("else") ? expression() : null;
      value = new Expression.Conditional(test, value, otherwise, line);
      unknown.allowSince(before);
    }
    return value;
  }

  /** One expression, or several with commas between: a tuple. */
  Expression tuple(boolean conditional) {
    return tuple(conditional, false);
  }

  Expression tuple(boolean conditional, boolean inParentheses) {
    List<Expression> items = new ArrayList<>();
    boolean isTuple = false;
    while (!endsTuple()) {
      items.add(conditional ? expression() : or());
      if (!tokens.skipOperator(",")) {
        break;
      }
      isTuple = true;
    }
    if (!isTuple && items.size() == 1) {
      return items.getFirst();
    }
    if (!isTuple && !inParentheses) {
      throw tokens.unexpected("an expression");
    }
    return new Expression.TupleOf(items);
  }

  private boolean endsTuple() {
    Kind kind = tokens.current().kind();
    return kind == Kind.OUTPUT_END || kind == Kind.BLOCK_END || tokens.current().isOperator(")");
  }

  private Expression or() {
    Expression left = and();
    while (tokens.skipName("or")) {
      left = new Expression.Or(left, and());
    }
    return left;
  }

  private Expression and() {
    Expression left = not();
    while (tokens.skipName("and")) {
      left = new Expression.And(left, not());
    }
    return left;
  }

  private Expression not() {
    return tokens.skipName("not") ? new Expression.Not(not()) : comparison();
  }

  private Expression comparison() {
    Expression first = sum();
    List<Expression.Comparand> rest = new ArrayList<>();
    while (true) {
      Token token = tokens.current();
      if (token.kind() == Kind.OPERATOR && COMPARISONS.contains(token.text())) {
        tokens.next();
        rest.add(new Expression.Comparand(token.text(), sum()));
      } else if (tokens.skipName("in")) {
        rest.add(new Expression.Comparand("in", sum()));
      } else if (token.isName("not") && tokens.look().isName("in")) {
        tokens.next();
        tokens.next();
        rest.add(new Expression.Comparand("not in", sum()));
      } else {
        return rest.isEmpty() ? first : new Expression.Comparison(first, rest);
      }
    }
  }

  private Expression sum() {
    Expression left = concatenation();
    while (tokens.current().isOperator("+") || tokens.current().isOperator("-")) {
      left = new Expression.Arithmetic(tokens.next().text(), left, concatenation());
    }
    return left;
  }

  private Expression concatenation() {
    List<Expression> parts = new ArrayList<>(List.of(product()));
    while (tokens.skipOperator("~")) {
      parts.add(product());
    }
    return parts.size() == 1 ? parts.getFirst() : new Expression.Concatenation(parts);
  }

  private Expression product() {
    Expression left = power();
    while (tokens.current().kind() == Kind.OPERATOR
        && Set.of("*", "/", "//", "%").contains(tokens.current().text())) {
      left = new Expression.Arithmetic(tokens.next().text(), left, power());
    }
    return left;
  }

  private Expression power() {
    Expression left = unary(true);
    while (tokens.skipOperator("**")) {
      left = new Expression.Arithmetic("**", left, unary(true));
    }
    return left;
  }

  private Expression unary(boolean withFilters) {
    Expression value =
        tokens.skipOperator("-")
            ? new Expression.Negative(unary(false))
            : tokens.skipOperator("+") ? new Expression.Positive(unary(false)) : operands.primary();
    value = operands.postfix(value);
    return withFilters ? filters.filtersAndTests(value) : value;
  }
}
