package org.longpo.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.longpo.progress.Progress;

/** Progress as plain lines, for logs and pipes: at most one per interval, and one at the end. */
final class LineProgress implements Progress {
  static final Duration INTERVAL = Duration.ofSeconds(10);

  private final PrintStream err;
  private final Duration interval;
  private final LongSupplier nanoClock;

  LineProgress(PrintStream err, Duration interval, LongSupplier nanoClock) {
    this.err = err;
    this.interval = interval;
    this.nanoClock = nanoClock;
  }

  @Override
  public Task start(String name, String unit, long doneUnits, long totalUnits) {
    return new Lines(name, unit, totalUnits, new Pace(doneUnits, totalUnits, nanoClock));
  }

  @Override
  public void say(String sentence) {
    err.println(sentence);
  }

  private final class Lines implements Task {
    private final String name;
    private final String unit;
    private final long totalUnits;
    private final Pace pace;
    private Duration nextLine = interval;
    private String figures = "";

    Lines(String name, String unit, long totalUnits, Pace pace) {
      this.name = name;
      this.unit = unit;
      this.totalUnits = totalUnits;
      this.pace = pace;
    }

    @Override
    public void advance(long units, long tokens, String newFigures) {
      pace.advance(units, tokens);
      figures = newFigures;
      if (pace.elapsed().compareTo(nextLine) >= 0) {
        print(pace.timeLeft().map(left -> Pace.inWords(left) + " left").orElse(""));
        nextLine = pace.elapsed().plus(interval);
      }
    }

    @Override
    public void close() {
      print("in " + Pace.inWords(pace.elapsed()));
    }

    private void print(String time) {
      String count =
          String.format(Locale.ROOT, "%s: %,d of %,d %s", name, pace.doneUnits(), totalUnits, unit);
      err.println(
          Stream.of(count, pace.tokensPerSecond(), figures, time)
              .filter(part -> !part.isEmpty())
              .collect(Collectors.joining(", ")));
    }
  }
}
