package org.longpo.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.longpo.jinja.Expression.ArgumentList;

/** Computes expressions. */
final class Evaluator {
  private Evaluator() {}

  static Object value(Expression expression, Scope scope) {
    return switch (expression) {
      case Expression.Constant constant -> constant.value();
      case Expression.Name name -> scope.get(name.name());
      case Expression.ListOf list -> values(list.items(), scope);
      case Expression.TupleOf tuple -> Tuple.of(values(tuple.items(), scope));
      case Expression.DictionaryOf dictionary -> dictionary(dictionary, scope);
      case Expression.Conditional conditional -> conditional(conditional, scope);
      case Expression.And(Expression left, Expression right) -> {
        Object value = value(left, scope);
        yield Values.isTrue(value) ? value(right, scope) : value;
      }
      case Expression.Or(Expression left, Expression right) -> {
        Object value = value(left, scope);
        yield Values.isTrue(value) ? value : value(right, scope);
      }
      case Expression.Not(Expression operand) -> !Values.isTrue(value(operand, scope));
      case Expression.Negative(Expression operand) -> Arithmetic.negative(value(operand, scope));
      case Expression.Positive(Expression operand) -> Arithmetic.positive(value(operand, scope));
      case Expression.Arithmetic(String operator, Expression left, Expression right) ->
          Arithmetic.value(operator, value(left, scope), value(right, scope));
      case Expression.Concatenation(List<Expression> parts) -> {
        StringBuilder text = new StringBuilder();
        parts.forEach(part -> text.append(PythonText.str(value(part, scope))));
        yield text.toString();
      }
      case Expression.Comparison comparison -> comparison(comparison, scope);
      case Expression.Attribute(Expression owner, String name) ->
          Attributes.attribute(value(owner, scope), name);
      case Expression.Item(Expression owner, Expression key) ->
          Attributes.item(value(owner, scope), value(key, scope));
      case Expression.SliceOf(var start, var stop, var step) ->
          new Slice(bound(start, scope), bound(stop, scope), bound(step, scope));
      case Expression.Call(Expression callee, ArgumentList arguments) ->
          call(value(callee, scope), arguments(arguments, scope));
      case Expression.Filter(Expression input, String name, ArgumentList arguments) ->
          Filters.apply(name, value(input, scope), arguments(arguments, scope));
      case Expression.Test(Expression input, String name, ArgumentList arguments) ->
          Tests.holds(name, value(input, scope), arguments(arguments, scope));
    };
  }

  static boolean isTrue(Expression expression, Scope scope) {
    return Values.isTrue(value(expression, scope));
  }

  static Object call(Object callee, Arguments arguments) {
    return switch (callee) {
      case Callable callable -> callable.call(arguments);
      case Undefined undefined -> throw undefined.failure();
      default ->
          throw new TemplateFailure(
              PythonText.repr(Values.type(callee)) + " object is not callable");
    };
  }

  static Arguments arguments(ArgumentList list, Scope scope) {
    List<Object> positional = values(list.positional(), scope);
    Map<String, Object> named = new LinkedHashMap<>();
    list.named().forEach((name, value) -> named.put(name, value(value, scope)));
    if (list.otherPositional() != null) {
      Values.iterator(value(list.otherPositional(), scope)).forEachRemaining(positional::add);
    }
    if (list.otherNamed() != null) {
      if (!(value(list.otherNamed(), scope) instanceof Map<?, ?> others)) {
        throw new TemplateFailure("argument after ** must be a mapping");
      }
      others.forEach((name, value) -> named.put(PythonText.str(name), value));
    }
    return new Arguments(positional, named);
  }

  private static List<Object> values(List<Expression> expressions, Scope scope) {
    List<Object> values = new ArrayList<>(expressions.size());
    expressions.forEach(expression -> values.add(value(expression, scope)));
    return values;
  }

  private static Object bound(@Nullable Expression expression, Scope scope) {
    return expression == null ? None.NONE : value(expression, scope);
  }

  private static Object dictionary(Expression.DictionaryOf dictionary, Scope scope) {
    Map<Object, Object> values = new LinkedHashMap<>();
    for (int i = 0; i < dictionary.keys().size(); i++) {
      Dictionaries.put(
          values, value(dictionary.keys().get(i), scope), value(dictionary.values().get(i), scope));
    }
    return values;
  }

  private static Object conditional(Expression.Conditional conditional, Scope scope) {
    if (isTrue(conditional.test(), scope)) {
      return value(conditional.then(), scope);
    }
    return conditional.otherwise() == null
        ? new Undefined(
            "the inline if-expression on line "
                + conditional.line()
                + " evaluated to false and no else section was defined.")
        : value(conditional.otherwise(), scope);
  }

  private static Object comparison(Expression.Comparison comparison, Scope scope) {
    Object left = value(comparison.first(), scope);
    for (Expression.Comparand comparand : comparison.rest()) {
      Object right = value(comparand.operand(), scope);
      if (!Comparisons.holds(comparand.operator(), left, right)) {
        return false;
      }
      left = right;
    }
    return true;
  }
}
