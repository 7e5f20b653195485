package org.longpo.objective;

import java.util.Arrays;

/** Functions of the equations that overflow or cancel if written down as printed. */
final class Numerics {
  private Numerics() {}

  /** log(1 / (1 + e^-x)), the exponential never overflowing. */
  static double logSigmoid(double x) {
    return x >= 0 ? -Math.log1p(Math.exp(-x)) : x - Math.log1p(Math.exp(x));
  }

  /** 1 / (1 + e^-x). */
  static double sigmoid(double x) {
    if (x >= 0) {
      return 1 / (1 + Math.exp(-x));
    }
    double e = Math.exp(x);
    return e / (1 + e);
  }

  /**
   * log(1 - e^x) for x < 0; the branch at -log 2 keeps the small one of 1 and e^x from being lost
   * (Maechler, "Accurately computing log(1 - exp(-|a|))", 2012).
   */
  static double log1mExp(double x) {
    return x > -Math.log(2) ? Math.log(-Math.expm1(x)) : Math.log1p(-Math.exp(x));
  }

  static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }

  static boolean allFinite(double[] values) {
    return Arrays.stream(values).allMatch(Double::isFinite);
  }
}
