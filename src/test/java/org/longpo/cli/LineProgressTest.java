package org.longpo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.longpo.progress.Progress;

class LineProgressTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private long nanos;
  private final LineProgress progress =
      new LineProgress(
          new PrintStream(err, true, StandardCharsets.UTF_8), Duration.ofSeconds(10), () -> nanos);

  @Test
  void shouldPrintAtMostOncePerIntervalAndAtTheEnd() {
    try (Progress.Task task = progress.start("Training", "steps", 0, 100)) {
      for (int step = 1; step <= 12; step++) {
        nanos += Duration.ofSeconds(2).toNanos();
        task.advance(1, 1_000, "loss " + step);
      }
    }
    // After 10 s and 20 s, 2 s a step: 95 and 90 steps remain; 1,000 tokens per 2 s.
    assertThat(lines())
        .containsExactly(
            "Training: 5 of 100 steps, 500 tokens/s, loss 5, 3 min 10 s left",
            "Training: 10 of 100 steps, 500 tokens/s, loss 10, 3 min 00 s left",
            "Training: 12 of 100 steps, 500 tokens/s, loss 12, in 24 s");
  }

  @Test
  void shouldNotCountUnitsOfEarlierRunForSpeed() {
    try (Progress.Task task = progress.start("Training", "steps", 90, 100)) {
      nanos += Duration.ofSeconds(10).toNanos();
      task.advance(1, 0);
    }
    // One step took 10 s, nine are left; had the 90 counted, it would be one second.
    assertThat(lines().getFirst()).isEqualTo("Training: 91 of 100 steps, 1 min 30 s left");
  }

  @Test
  void shouldWriteDurationsInTwoUnits() {
    assertThat(Pace.inWords(Duration.ofMillis(59_499))).isEqualTo("59 s");
    assertThat(Pace.inWords(Duration.ofMillis(59_500))).isEqualTo("1 min 00 s");
    assertThat(Pace.inWords(Duration.ofSeconds(2 * 3600 + 5 * 60 + 59))).isEqualTo("2 h 05 min");
  }

  private java.util.List<String> lines() {
    return err.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
