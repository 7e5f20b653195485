package org.longpo.jinja;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Jinja's tests by name. */
final class Tests {
  /** One test of a value. */
  @FunctionalInterface
  private interface Check {
    boolean holds(Object value, Arguments arguments);
  }

  private static final Map<String, Check> ALL = all();

  private Tests() {}

  static boolean exists(String name) {
    return ALL.containsKey(name);
  }

  static boolean holds(String name, Object value, Arguments arguments) {
    Check check = ALL.get(name);
    if (check == null) {
      throw new TemplateFailure("there is no test " + PythonText.repr(name));
    }
    return check.holds(value, arguments);
  }

  private static Map<String, Check> all() {
    Map<String, Check> all = new HashMap<>();
    Map<String, List<String>> comparisons =
        Map.of(
            "==", List.of("==", "eq", "equalto"),
            "!=", List.of("!=", "ne"),
            "<", List.of("<", "lt", "lessthan"),
            "<=", List.of("<=", "le"),
            ">", List.of(">", "gt", "greaterthan"),
            ">=", List.of(">=", "ge"),
            "in", List.of("in"));
    comparisons.forEach(
        (operator, names) -> names.forEach(name -> all.put(name, comparison(name, operator))));
    Map<String, Predicate<Object>> plain = plain();
    plain.forEach(
        (name, test) ->
            all.put(
                name,
                (value, arguments) -> {
                  arguments.bind(name);
                  return test.test(value);
                }));
    all.put("divisibleby", Tests::isDivisible);
    all.put("sameas", Tests::isSame);
    return Map.copyOf(all);
  }

  private static Map<String, Predicate<Object>> plain() {
    Map<String, Predicate<Object>> plain = new HashMap<>();
    plain.put("boolean", value -> value instanceof Boolean);
    plain.put("callable", value -> value instanceof Callable || value instanceof Undefined);
    plain.put("defined", value -> !(value instanceof Undefined));
    plain.put("escaped", value -> value instanceof Markup);
    plain.put("even", value -> remainder(value, BigInteger.TWO).equals(BigInteger.ZERO));
    plain.put("odd", value -> remainder(value, BigInteger.TWO).equals(BigInteger.ONE));
    plain.put("false", value -> value.equals(false));
    plain.put("true", value -> value.equals(true));
    plain.put("filter", value -> Filters.exists(Values.text(value, "filter")));
    plain.put("test", value -> exists(Values.text(value, "test")));
    plain.put("float", value -> value instanceof Double);
    plain.put("integer", value -> value instanceof BigInteger);
    plain.put("number", value -> Arithmetic.number(value) != null);
    plain.put("iterable", value -> Values.iteratorOrNull(value) != null);
    plain.put("sequence", Tests::isSequence);
    plain.put("mapping", value -> value instanceof Map<?, ?>);
    plain.put("none", value -> value == None.NONE);
    plain.put("string", value -> value instanceof String || value instanceof Markup);
    plain.put("undefined", value -> value instanceof Undefined);
    plain.put(
        "lower", value -> StringMethods.isCase(PythonText.str(value), Character::isLowerCase));
    plain.put(
        "upper", value -> StringMethods.isCase(PythonText.str(value), Character::isUpperCase));
    return plain;
  }

  private static Check comparison(String name, String operator) {
    return (value, arguments) ->
        Comparisons.holds(operator, value, arguments.bind(name, "other").required("other"));
  }

  /** All that has a length and items by number or key, dictionaries too. */
  private static boolean isSequence(Object value) {
    return switch (value) {
      case String _, Markup _, List<?> _, Tuple _, Map<?, ?> _, Undefined _ -> true;
      default -> false;
    };
  }

  private static Object remainder(Object value, Object divisor) {
    Object remainder = Arithmetic.value("%", value, divisor);
    return remainder instanceof Double number && number == Math.rint(number)
        ? BigInteger.valueOf(number.longValue())
        : remainder;
  }

  private static boolean isDivisible(Object value, Arguments arguments) {
    Object divisor = arguments.bind("divisibleby", "num").required("num");
    return remainder(value, divisor).equals(BigInteger.ZERO);
  }

  @SuppressWarnings("ReferenceEquality") // that is the question
  private static boolean isSame(Object value, Arguments arguments) {
    Object other = arguments.bind("sameas", "other").required("other");
    boolean byValue =
        value instanceof Boolean || value instanceof None || value instanceof BigInteger;
    return byValue ? value.equals(other) : value == other;
  }
}
