package org.longpo.jinja;

import java.math.BigInteger;
import java.util.AbstractList;

/** Python's {@code range}: of at most 100,000 numbers, as the sandbox has it. */
final class Range extends AbstractList<Object> {
  private static final long MOST = 100_000;

  private final long start;
  private final long stop;
  private final long step;
  private final int size;

  Range(long start, long stop, long step) {
    if (step == 0) {
      throw new TemplateFailure("range() arg 3 must not be zero");
    }
    long size = Math.max(0, Math.ceilDiv(stop - start, step));
    if (size > MOST) {
      throw new TemplateFailure(
          "Range too big. The sandbox blocks ranges larger than MAX_RANGE (100000).");
    }
    this.start = start;
    this.stop = stop;
    this.step = step;
    this.size = (int) size;
  }

  @Override
  public Object get(int index) {
    return BigInteger.valueOf(start + index * step);
  }

  @Override
  public int size() {
    return size;
  }

  Range part(Positions positions) {
    return new Range(
        start + positions.start() * step, start + positions.stop() * step, step * positions.step());
  }

  String repr() {
    return "range(" + start + ", " + stop + (step == 1 ? ")" : ", " + step + ")");
  }
}
