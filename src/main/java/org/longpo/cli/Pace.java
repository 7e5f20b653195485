package org.longpo.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The speed of a task and the time it still needs, measured in this process: units that an earlier
 * run did are done, but do not count for the speed.
 */
final class Pace {
  private final LongSupplier nanoClock;
  private final long startNanos;
  private final long totalUnits;
  private final long unitsBefore;
  private long units;
  private long tokens;

  Pace(long doneUnits, long totalUnits, LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
    this.startNanos = nanoClock.getAsLong();
    this.totalUnits = totalUnits;
    this.unitsBefore = doneUnits;
  }

  void advance(long moreUnits, long moreTokens) {
    units += moreUnits;
    tokens += moreTokens;
  }

  long doneUnits() {
    return unitsBefore + units;
  }

  Duration elapsed() {
    return Duration.ofNanos(nanoClock.getAsLong() - startNanos);
  }

  /** Empty until something was done. */
  Optional<Duration> timeLeft() {
    if (units == 0) {
      return Optional.empty();
    }
    double nanosPerUnit = (double) elapsed().toNanos() / units;
    return Optional.of(Duration.ofNanos((long) (nanosPerUnit * (totalUnits - doneUnits()))));
  }

  /** "1,234 tokens/s"; empty where no tokens were counted. */
  String tokensPerSecond() {
    double seconds = elapsed().toNanos() / 1e9;
    return tokens == 0 || seconds == 0
        ? ""
        : String.format(Locale.ROOT, "%,.0f tokens/s", tokens / seconds);
  }

  /** "4 s", "2 min 05 s", "3 h 07 min": two units at most. */
  static String inWords(Duration duration) {
    long seconds = duration.plusMillis(500).toSeconds();
    if (seconds < 60) {
      return seconds + " s";
    }
    return seconds < 3600
        ? String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60)
        : String.format(Locale.ROOT, "%d h %02d min", seconds / 3600, seconds / 60 % 60);
  }
}
