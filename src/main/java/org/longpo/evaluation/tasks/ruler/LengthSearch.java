package org.longpo.evaluation.tasks.ruler;

import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;

/**
 * Finds the size in which something fills a number of tokens, by as few trials as possible: a trial
 * encodes all of it. Tokens are nearly proportional to the size, so that the line through the last
 * two trials leads close to the right size; a bracket around it makes sure of the rest.
 *
 * @param <T> what is made in a size
 */
final class LengthSearch<T> {
  /**
   * The search ends where less than this part of the limit is free. One unit more often fits, but
   * to find the last one would cost as many trials again.
   */
  static final double UNUSED_SHARE = 0.005;

  /** Larger than a small size by so many, something shows what one unit more costs. */
  private static final int FIRST_STEP = 40;

  /**
   * A trial is at most so many times as large as one that fits: a line through small ones misses by
   * far, and a trial that is much too large takes as long as several.
   */
  private static final long MOST_GROWTH = 16;

  private final int limit;
  private final IntFunction<T> make;
  private final ToIntFunction<T> tokens;

  /**
   * @param limit tokens that must not be exceeded
   * @param make the same for the same size
   */
  LengthSearch(int limit, IntFunction<T> make, ToIntFunction<T> tokens) {
    this.limit = limit;
    this.make = make;
    this.tokens = tokens;
  }

  private record Trial<T>(int size, T made, int tokens) {}

  /**
   * One that fits and leaves less than {@link #UNUSED_SHARE} free, or that is the largest to fit;
   * empty if not even the smallest fits.
   */
  Optional<T> largest(int smallest) {
    Trial<T> fits = trial(smallest);
    if (fits.tokens() > limit) {
      return Optional.empty();
    }
    Trial<T> before = fits;
    Trial<T> last = trial(smallest + FIRST_STEP);
    long tooLarge = Integer.MAX_VALUE;
    while (true) {
      if (last.tokens() > limit) {
        tooLarge = last.size();
      } else {
        fits = last;
      }
      if (tooLarge - fits.size() <= 1 || limit - fits.tokens() <= UNUSED_SHARE * limit) {
        return Optional.of(fits.made());
      }
      Trial<T> next = trial(next(before, last, fits.size(), tooLarge));
      before = last;
      last = next;
    }
  }

  /** A size between one that fits and one that is too large. */
  private int next(Trial<T> before, Trial<T> last, long fits, long tooLarge) {
    double perUnit = (double) (last.tokens() - before.tokens()) / (last.size() - before.size());
    // Half of what may stay free is free there.
    double wanted = limit * (1 - UNUSED_SHARE / 2);
    long onLine = last.size() + Math.round((wanted - last.tokens()) / perUnit);
    long most = Math.min(tooLarge - 1, MOST_GROWTH * fits + FIRST_STEP);
    // Where the line points out of the bracket, halving it ends all the same.
    long size = onLine > fits && onLine < tooLarge ? onLine : (fits + most + 1) / 2;
    return (int) Math.clamp(size, fits + 1, most);
  }

  private Trial<T> trial(int size) {
    T made = make.apply(size);
    return new Trial<>(size, made, tokens.applyAsInt(made));
  }
}
