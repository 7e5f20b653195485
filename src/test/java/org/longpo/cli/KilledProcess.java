package org.longpo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.longpo.JavaProcess;
import org.longpo.files.AppendLog;
import org.longpo.files.Sha256;
import org.longpo.progress.Cancellation;
import org.longpo.progress.Progress;

/** Commands in processes of their own, killed again and again until one life is enough. */
final class KilledProcess {
  private KilledProcess() {}

  /** The output of a command in this process. */
  record Result(int exitCode, String out, String err) {}

  /** Runs a command in this process. */
  static Result inProcess(List<String> command) {
    return inProcess(command, false);
  }

  /** Runs a command in this process; its messages are in {@code err} as well. */
  static Result saying(List<String> command) {
    return inProcess(command, true);
  }

  /** The exit code of a command that is requested to stop when a log has this number of lines. */
  static int stopped(List<String> command, Path log, int lines) {
    Cancellation cancellation = () -> AppendLog.readLines(log).size() >= lines;
    PrintStream nowhere =
        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    return Main.run(
        new Console(nowhere, nowhere, Progress.NONE, cancellation), command.toArray(String[]::new));
  }

  private static Result inProcess(List<String> command, boolean says) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream lines = new PrintStream(err, true, StandardCharsets.UTF_8);
    int exitCode =
        Main.run(
            new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                lines,
                says
                    ? new LineProgress(lines, LineProgress.INTERVAL, System::nanoTime)
                    : Progress.NONE,
                Cancellation.NEVER),
            command.toArray(String[]::new));
    return new Result(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /**
   * Starts a command until it ends by itself, and kills it whenever it has left {@code
   * eventsPerLife} more files and lines in its folder.
   *
   * @return how often it was killed
   */
  static int runKilling(List<String> command, Path run, int eventsPerLife, Path output)
      throws IOException, InterruptedException {
    int kills = 0;
    int exitCode = -1;
    while (exitCode != 0) {
      int events = events(run);
      Process process = start(command, output);
      while (process.isAlive() && events(run) < events + eventsPerLife) {
        TimeUnit.MILLISECONDS.sleep(2);
      }
      if (process.isAlive()) {
        kills++;
      }
      process.toHandle().destroyForcibly();
      exitCode = process.waitFor();
      assertThat(exitCode).as(Files.readString(output)).isIn(0, 137);
    }
    return kills;
  }

  static Process start(List<String> arguments, Path output) throws IOException {
    return JavaProcess.start(JavaProcess.briefCommand(Main.class, arguments), output);
  }

  /** Every file but locks and what holds times, by its path. */
  static TreeMap<String, String> bytes(Path run) {
    TreeMap<String, String> bytes = new TreeMap<>();
    for (Path file : files(run)) {
      String name = run.relativize(file).toString();
      if (!name.endsWith(".lock")
          && !name.endsWith("timings.jsonl")
          && !name.contains(".tfevents.")) {
        bytes.put(name, Sha256.of(file));
      }
    }
    return bytes;
  }

  /** Files there are and lines of their logs: grows with every bit of progress. */
  private static int events(Path run) {
    int events = 0;
    for (Path file : files(run)) {
      events += 1;
      if (file.toString().endsWith(".jsonl")) {
        events += AppendLog.readLines(file).size();
      }
    }
    return events;
  }

  private static List<Path> files(Path run) {
    if (!Files.exists(run)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(run)) {
      return files.filter(Files::isRegularFile).toList();
    } catch (IOException | UncheckedIOException e) {
      // A folder was renamed while it was walked: look again later.
      return List.of();
    }
  }
}
