package org.longpo.jinja;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/** Jinja's filters by name. */
final class Filters {
  /** One filter: a value and the arguments to another value. */
  @FunctionalInterface
  interface Filter {
    Object apply(Object value, Arguments arguments);
  }

  private static final Map<String, Filter> ALL = all();

  private Filters() {}

  static boolean exists(String name) {
    return ALL.containsKey(name);
  }

  static Object apply(String name, Object value, Arguments arguments) {
    Filter filter = ALL.get(name);
    if (filter == null) {
      throw new TemplateFailure("there is no filter " + PythonText.repr(name));
    }
    return filter.apply(value, arguments);
  }

  private static Map<String, Filter> all() {
    Map<String, Filter> all = new HashMap<>();
    TextFilters.addTo(all);
    SequenceFilters.addTo(all);
    SelectionFilters.addTo(all);
    all.put("abs", (value, arguments) -> absolute(value));
    all.put("attr", Filters::attribute);
    all.put("count", (value, arguments) -> Values.length(value));
    all.put("length", (value, arguments) -> Values.length(value));
    all.put("d", Filters::orDefault);
    all.put("default", Filters::orDefault);
    all.put("float", Filters::toFloat);
    all.put("int", Filters::toInteger);
    all.put("round", Filters::round);
    all.put("sum", Filters::sum);
    all.put("tojson", PythonJson::filter);
    return Map.copyOf(all);
  }

  private static Object absolute(Object value) {
    return switch (Arithmetic.positive(value)) {
      case BigInteger number -> number.abs();
      case Number number -> Math.abs(number.doubleValue());
      default -> throw new IllegalStateException();
    };
  }

  /** Attributes only, no entries of dictionaries. */
  private static Object attribute(Object value, Arguments arguments) {
    String name = arguments.bind("attr", "name").text("name");
    Object own = Attributes.own(value, name);
    return own == null ? Undefined.attribute(value, name) : own;
  }

  private static Object orDefault(Object value, Arguments arguments) {
    Arguments.Bound bound = arguments.bind("default", "default_value", "boolean");
    boolean absent = value instanceof Undefined || (bound.flag("boolean") && !Values.isTrue(value));
    return absent ? bound.get("default_value", "") : value;
  }

  private static Object toFloat(Object value, Arguments arguments) {
    Object otherwise = arguments.bind("float", "default").get("default", 0.0);
    if (value instanceof Undefined undefined) {
      throw undefined.failure();
    }
    Double number = Numbers.floatOrNull(value);
    return number == null ? otherwise : number;
  }

  private static Object toInteger(Object value, Arguments arguments) {
    Arguments.Bound bound = arguments.bind("int", "default", "base");
    if (value instanceof Undefined undefined) {
      throw undefined.failure();
    }
    BigInteger integer = Numbers.integerOrNull(value, bound.number("base", 10));
    return integer == null ? bound.get("default", BigInteger.ZERO) : integer;
  }

  private static Object round(Object value, Arguments arguments) {
    Arguments.Bound bound = arguments.bind("round", "precision", "method");
    int precision = bound.number("precision", 0);
    Number number = (Number) Arithmetic.positive(value);
    return switch (bound.text("method", "common")) {
      case "common" -> {
        RoundingMode mode = RoundingMode.HALF_EVEN;
        yield number instanceof BigInteger integer
            ? new BigDecimal(integer).setScale(Math.min(0, precision), mode).toBigInteger()
            : (Object) new BigDecimal(number.doubleValue()).setScale(precision, mode).doubleValue();
      }
      case "ceil" ->
          Math.ceil(number.doubleValue() * Math.pow(10, precision)) / Math.pow(10, precision);
      case "floor" ->
          Math.floor(number.doubleValue() * Math.pow(10, precision)) / Math.pow(10, precision);
      default -> throw new TemplateFailure("method must be common, ceil or floor");
    };
  }

  private static Object sum(Object value, Arguments arguments) {
    Arguments.Bound bound = arguments.bind("sum", "attribute", "start");
    Object attribute = bound.get("attribute", None.NONE);
    Object total = bound.get("start", BigInteger.ZERO);
    Iterator<Object> items = Values.iterator(value);
    while (items.hasNext()) {
      Object item = items.next();
      total =
          Arithmetic.value(
              "+", total, attribute == None.NONE ? item : SelectionFilters.member(item, attribute));
    }
    return total;
  }
}
