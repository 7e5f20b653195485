package org.longpo.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.longpo.progress.Progress;

/** Progress as one bar that is redrawn, for a terminal. */
final class BarProgress implements Progress {
  /** Carriage return and "erase to the end of the line": removes a half-drawn bar. */
  private static final String CLEAR_LINE = "\r\033[K";

  private static final int REDRAW_MILLIS = 500;

  private final PrintStream err;

  BarProgress(PrintStream err) {
    this.err = err;
  }

  @Override
  public Task start(String name, String unit, long doneUnits, long totalUnits) {
    Pace pace = new Pace(doneUnits, totalUnits, System::nanoTime);
    ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName(name)
            .setUnit(" " + unit, 1)
            .setInitialMax(totalUnits)
            .startsFrom(doneUnits, java.time.Duration.ZERO)
            .setStyle(
                err.charset().equals(StandardCharsets.UTF_8)
                    ? ProgressBarStyle.UNICODE_BLOCK
                    : ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(REDRAW_MILLIS)
            .setConsumer(new ConsoleProgressBarConsumer(err))
            .setEtaFunction(state -> pace.timeLeft())
            .build();
    return new Bar(bar, pace);
  }

  @Override
  public void say(String sentence) {
    err.println(CLEAR_LINE + sentence);
  }

  private record Bar(ProgressBar bar, Pace pace) implements Task {
    @Override
    public void advance(long units, long tokens, String figures) {
      pace.advance(units, tokens);
      bar.stepBy(units);
      bar.setExtraMessage(
          Stream.of(pace.tokensPerSecond(), figures)
              .filter(part -> !part.isEmpty())
              .collect(Collectors.joining(", ", " ", "")));
    }

    @Override
    public void close() {
      bar.close();
    }
  }
}
