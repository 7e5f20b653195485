package org.longpo.jinja;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Python's arithmetic, on numbers, texts and lists. */
final class Arithmetic {
  /** No chat template computes with more; it prevents that a mistake uses all memory. */
  private static final int MOST_BITS = 1_000_000;

  private Arithmetic() {}

  static Object value(String operator, Object left, Object right) {
    if (left instanceof Undefined undefined) {
      throw undefined.failure();
    }
    if (right instanceof Undefined undefined && !(left instanceof String && operator.equals("%"))) {
      throw undefined.failure();
    }
    Number number = number(left);
    Number other = number(right);
    Object value = null;
    if (number instanceof BigInteger a && other instanceof BigInteger b) {
      value = integers(operator, a, b);
    } else if (number != null && other != null) {
      value = floats(operator, number.doubleValue(), other.doubleValue());
    } else if (operator.equals("+")) {
      value = joined(left, right);
    } else if (operator.equals("*")) {
      value =
          number instanceof BigInteger
              ? repeated(right, left)
              : other instanceof BigInteger ? repeated(left, right) : null;
    } else if (operator.equals("%") && left instanceof String format) {
      value = PercentFormat.format(format, right);
    }
    if (value == null) {
      throw new TemplateFailure(
          "unsupported operand type(s) for "
              + operator
              + ": "
              + PythonText.repr(Values.type(left))
              + " and "
              + PythonText.repr(Values.type(right)));
    }
    return value;
  }

  private static Object integers(String operator, BigInteger a, BigInteger b) {
    return switch (operator) {
      case "+" -> a.add(b);
      case "-" -> a.subtract(b);
      case "*" -> a.multiply(b);
      case "/" -> floats(operator, a.doubleValue(), nonZero(b).doubleValue());
      case "//" -> {
        BigInteger[] parts = a.divideAndRemainder(nonZero(b));
        boolean rounds = parts[1].signum() != 0 && parts[1].signum() != b.signum();
        yield rounds ? parts[0].subtract(BigInteger.ONE) : parts[0];
      }
      case "%" -> {
        BigInteger remainder = a.remainder(nonZero(b));
        boolean rounds = remainder.signum() != 0 && remainder.signum() != b.signum();
        yield rounds ? remainder.add(b) : remainder;
      }
      case "**" -> {
        if (b.signum() < 0) {
          yield floats(operator, a.doubleValue(), b.doubleValue());
        }
        if (b.bitLength() > 20 || (long) a.bitLength() * b.intValue() > MOST_BITS) {
          throw new TemplateFailure("a power is too large");
        }
        yield a.pow(b.intValue());
      }
      default -> throw new IllegalArgumentException(operator);
    };
  }

  private static Object floats(String operator, double a, double b) {
    double value = value(operator, a, b);
    boolean finite = Double.isFinite(a) && Double.isFinite(b);
    if (finite && !Double.isFinite(value) && (operator.equals("**") || operator.equals("/"))) {
      throw new TemplateFailure(a + " " + operator + " " + b + " has no finite value");
    }
    return value;
  }

  private static double value(String operator, double a, double b) {
    return switch (operator) {
      case "+" -> a + b;
      case "-" -> a - b;
      case "*" -> a * b;
      case "/" -> a / nonZero(b);
      case "//" -> Math.floor(a / nonZero(b));
      case "%" -> {
        double remainder = a % nonZero(b);
        yield remainder != 0 && remainder < 0 != b < 0 ? remainder + b : remainder;
      }
      case "**" -> Math.pow(a, b);
      default -> throw new IllegalArgumentException(operator);
    };
  }

  private static BigInteger nonZero(BigInteger divisor) {
    nonZero(divisor.signum());
    return divisor;
  }

  private static double nonZero(double divisor) {
    if (divisor == 0) {
      throw new TemplateFailure("division by zero");
    }
    return divisor;
  }

  private static @Nullable Object joined(Object left, Object right) {
    return switch (left) {
      case Markup markup when right instanceof String || right instanceof Markup ->
          new Markup(markup.text() + Markup.escaped(right).text());
      case String text when right instanceof Markup markup ->
          new Markup(Markup.escaped(text).text() + markup.text());
      case String text when right instanceof String other -> text + other;
      case List<?> list
          when right instanceof List<?> other
              && !(left instanceof Range || right instanceof Range) ->
          both(list, other);
      case Tuple tuple when right instanceof Tuple other ->
          Tuple.of(both(tuple.items(), other.items()));
      default -> null;
    };
  }

  private static List<Object> both(List<?> left, List<?> right) {
    List<Object> all = new ArrayList<>(left);
    all.addAll(right);
    return all;
  }

  private static @Nullable Object repeated(Object value, Object times) {
    int count = Math.max(0, Values.index(times));
    return switch (value) {
      case String text -> text.repeat(count);
      case Markup markup -> new Markup(markup.text().repeat(count));
      case Range _ -> null;
      case List<?> list -> copies(list, count);
      case Tuple tuple -> Tuple.of(copies(tuple.items(), count));
      default -> null;
    };
  }

  private static List<Object> copies(List<?> list, int count) {
    List<Object> all = new ArrayList<>();
    Collections.nCopies(count, list).forEach(all::addAll);
    return all;
  }

  static Object negative(Object value) {
    Number number = operand(value, "-");
    return number instanceof BigInteger integer ? integer.negate() : (Object) (-(Double) number);
  }

  static Object positive(Object value) {
    return operand(value, "+");
  }

  private static Number operand(Object value, String operator) {
    if (value instanceof Undefined undefined) {
      throw undefined.failure();
    }
    Number number = number(value);
    if (number == null) {
      throw new TemplateFailure(
          "bad operand type for unary " + operator + ": " + PythonText.repr(Values.type(value)));
    }
    return number;
  }

  /** A number, or a truth value as 0 or 1; else null. */
  static @Nullable Number number(Object value) {
    return switch (value) {
      case BigInteger integer -> integer;
      case Double number -> number;
      case Boolean truth -> truth ? BigInteger.ONE : BigInteger.ZERO;
      default -> null;
    };
  }
}
