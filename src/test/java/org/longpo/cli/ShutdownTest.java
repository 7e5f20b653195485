package org.longpo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ShutdownTest {
  private static final int SIGTERM_CODE = 128 + 15;

  /** A program whose steps must not be torn, as one with native calls is. */
  static final class Worker {
    private Worker() {}

    public static void main(String[] arguments) throws InterruptedException {
      Shutdown shutdown = Shutdown.install(System.err);
      try {
        int step = 0;
        while (!shutdown.requested()) {
          System.out.println("begin " + ++step);
          Thread.sleep(300);
          System.out.println("end " + step);
        }
        System.out.println("saved");
      } finally {
        shutdown.workIsOver();
      }
      System.exit(0);
    }
  }

  @Test
  @Timeout(60)
  void shouldFinishStepBeforeSignalEndsProcess() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Worker.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader out = process.inputReader()) {
      assertThat(out.readLine()).isEqualTo("begin 1");
      // Process.destroy would close the stream that is read here.
      process.toHandle().destroy();
      // However late the signal comes, the step that it meets is ended and its state saved.
      List<String> rest = out.lines().toList();
      assertThat(rest.getLast()).isEqualTo("saved");
      assertThat(rest.get(rest.size() - 2)).startsWith("end ");
    }
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(SIGTERM_CODE);
  }
}
