package org.longpo.reproduction;

import org.longpo.evaluation.comparison.Difference;

/** What a claim says of a difference. */
enum Expectation {
  GREATER {
    @Override
    Verdict of(Difference difference) {
      return isAbove(difference)
          ? Verdict.AGREES
          : isBelow(difference) ? Verdict.DISAGREES : Verdict.NOT_DECIDED;
    }
  },
  LESS {
    @Override
    Verdict of(Difference difference) {
      return isBelow(difference)
          ? Verdict.AGREES
          : isAbove(difference) ? Verdict.DISAGREES : Verdict.NOT_DECIDED;
    }
  },
  /** Nothing is seen to be lost. */
  NOT_LESS {
    @Override
    Verdict of(Difference difference) {
      return isBelow(difference) ? Verdict.DISAGREES : Verdict.AGREES;
    }
  };

  abstract Verdict of(Difference difference);

  /** With few questions an interval may leave 0 out though p is not small. */
  private static boolean isAbove(Difference difference) {
    return difference.low() > 0 && difference.isSignificant();
  }

  private static boolean isBelow(Difference difference) {
    return difference.high() < 0 && difference.isSignificant();
  }
}
