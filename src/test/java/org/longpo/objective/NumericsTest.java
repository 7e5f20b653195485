package org.longpo.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumericsTest {
  /** Relative: Java's exp, expm1, log and log1p are each within one unit in the last place. */
  private static final double ULPS = 1e-15;

  @ParameterizedTest
  @ValueSource(doubles = {0, 1e-9, 0.3, 1, 5, 30, 36.7})
  void shouldSatisfyIdentitiesOfSigmoid(double x) {
    assertThat(Numerics.sigmoid(x) + Numerics.sigmoid(-x)).isCloseTo(1, within(ULPS));
    assertThat(Numerics.logSigmoid(x) - Numerics.logSigmoid(-x))
        .isCloseTo(x, within(ULPS * Math.max(1, x)));
    assertThat(Math.exp(Numerics.logSigmoid(-x)))
        .isCloseTo(Numerics.sigmoid(-x), within(ULPS * 40 * Numerics.sigmoid(-x)));
  }

  @Test
  void shouldNotOverflow() {
    assertThat(Numerics.logSigmoid(-1e300)).isEqualTo(-1e300);
    assertThat(Numerics.logSigmoid(1e300)).isZero();
    assertThat(Numerics.sigmoid(-1e300)).isZero();
    assertThat(Numerics.sigmoid(1e300)).isEqualTo(1);
    assertThat(Numerics.logSigmoid(Double.NaN)).isNaN();
    assertThat(Numerics.sigmoid(Double.NaN)).isNaN();
  }

  /** Against 50 digits of 1 - e^x from its series; where x is large, e^x is lost by 1 - e^x. */
  @ParameterizedTest
  @ValueSource(doubles = {-1e-12, -1e-6, -0.1, -0.69, -0.6932, -1, -5, -20})
  void shouldKeepDigitsOfLog1mExp(double x) {
    double exact = Math.log(oneMinusExp(x));
    double smallest = Math.exp(x);
    // Far from 0 the result is about -e^x, and log(1 - e^x) in doubles holds 2^-53 of 1, not of it.
    assertThat(Numerics.log1mExp(x))
        .isCloseTo(exact, within(Math.max(ULPS * Math.abs(exact), 0x1p-52)));
    if (x <= -5) {
      assertThat(Numerics.log1mExp(x))
          .isCloseTo(-smallest - smallest * smallest / 2, within(2 * Math.pow(smallest, 3)));
    }
  }

  private static double oneMinusExp(double x) {
    BigDecimal sum = BigDecimal.ZERO;
    BigDecimal term = BigDecimal.ONE;
    for (int n = 1; n < 150; n++) {
      term = term.multiply(new BigDecimal(x)).divide(BigDecimal.valueOf(n), new MathContext(60));
      sum = sum.subtract(term);
    }
    return sum.doubleValue();
  }
}
