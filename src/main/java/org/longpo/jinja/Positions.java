package org.longpo.jinja;

/**
 * The positions of a sequence that a slice selects: from {@code start} up to {@code stop},
 * excluded.
 */
record Positions(int start, int stop, int step) {
  static Positions of(Slice slice, int length) {
    int step = slice.step() == None.NONE ? 1 : Values.index(slice.step());
    if (step == 0) {
      throw new TemplateFailure("slice step cannot be zero");
    }
    int least = step > 0 ? 0 : -1;
    int most = step > 0 ? length : length - 1;
    int start = bound(slice.start(), step > 0 ? least : most, length, least, most);
    int stop = bound(slice.stop(), step > 0 ? most : least, length, least, most);
    return new Positions(start, stop, step);
  }

  private static int bound(Object bound, int otherwise, int length, int least, int most) {
    if (bound == None.NONE) {
      return otherwise;
    }
    long index = Values.index(bound);
    return (int) Math.clamp(index < 0 ? index + length : index, least, most);
  }

  int count() {
    return (int) Math.max(0, Math.ceilDiv((long) stop - start, (long) step));
  }

  int at(int index) {
    return start + index * step;
  }
}
