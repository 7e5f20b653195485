package org.longpo.jinja;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a template computes. */
sealed interface Expression {
  record Constant(Object value) implements Expression {}

  record Name(String name) implements Expression {}

  record ListOf(List<Expression> items) implements Expression {}

  record TupleOf(List<Expression> items) implements Expression {}

  record DictionaryOf(List<Expression> keys, List<Expression> values) implements Expression {}

  /** {@code then if test else otherwise}. */
  record Conditional(Expression test, Expression then, @Nullable Expression otherwise, int line)
      implements Expression {}

  record And(Expression left, Expression right) implements Expression {}

  record Or(Expression left, Expression right) implements Expression {}

  record Not(Expression operand) implements Expression {}

  record Negative(Expression operand) implements Expression {}

  record Positive(Expression operand) implements Expression {}

  /** Arithmetic: {@code + - * / // % **}. */
  record Arithmetic(String operator, Expression left, Expression right) implements Expression {}

  /** {@code a ~ b ~ c}: their texts, one after the other. */
  record Concatenation(List<Expression> parts) implements Expression {}

  /** {@code a < b <= c}: true if each neighbouring pair is. */
  record Comparison(Expression first, List<Comparand> rest) implements Expression {}

  record Comparand(String operator, Expression operand) {}

  record Attribute(Expression owner, String name) implements Expression {}

  record Item(Expression owner, Expression key) implements Expression {}

  record SliceOf(@Nullable Expression start, @Nullable Expression stop, @Nullable Expression step)
      implements Expression {}

  record Call(Expression callee, ArgumentList arguments) implements Expression {}

  record Filter(Expression input, String name, ArgumentList arguments) implements Expression {}

  record Test(Expression input, String name, ArgumentList arguments) implements Expression {}

  /** Arguments of a call, with {@code *others} and {@code **named}. */
  record ArgumentList(
      List<Expression> positional,
      Map<String, Expression> named,
      @Nullable Expression otherPositional,
      @Nullable Expression otherNamed) {
    static final ArgumentList EMPTY = new ArgumentList(List.of(), Map.of(), null, null);
  }
}
