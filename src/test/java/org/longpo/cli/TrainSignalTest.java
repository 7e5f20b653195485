package org.longpo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.JavaProcess;
import org.longpo.files.AppendLog;

/** {@code longpo train} as a process of its own that is requested to end. */
@Timeout(300)
class TrainSignalTest {
  /** 128 + SIGTERM. */
  private static final int TERMINATED = 143;

  @TempDir Path folder;

  @Test
  void shouldSaveAndEndCleanlyOnSigtermAndResumeToTheSameBytes() throws Exception {
    makePairs();
    Path stopped = folder.resolve("stopped");
    for (int lines : List.of(3, 12)) {
      Process process = start(stopped);
      while (process.isAlive() && metricsLines(stopped) < lines) {
        TimeUnit.MILLISECONDS.sleep(5);
      }
      // SIGTERM, and not SIGKILL.
      assertThat(process.toHandle().destroy()).isTrue();
      assertThat(process.waitFor()).as(output()).isEqualTo(TERMINATED);
      assertThat(output()).contains("Stopped; the same command resumes from here.");
      assertThat(metricsLines(stopped)).isBetween(lines, 29);
      // Nothing of what was done is lost: the last line of the log is in a checkpoint.
      assertThat(stopped.resolve("checkpoints/checkpoint-" + metricsLines(stopped))).isDirectory();
    }
    assertThat(start(stopped).waitFor()).as(output()).isZero();

    Path whole = folder.resolve("whole");
    KilledProcess.Result uninterrupted = KilledProcess.inProcess(train(whole));
    assertThat(uninterrupted.exitCode()).as(uninterrupted.err()).isZero();
    assertThat(KilledProcess.bytes(stopped)).isEqualTo(KilledProcess.bytes(whole));
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .as("the report of a crashed JVM")
          .noneMatch(name -> name.startsWith("hs_err"));
    }
  }

  private void makePairs() throws IOException {
    TinyWorld.writeModel(folder.resolve("model"));
    TinyWorld.writeDocuments(folder.resolve("documents"), 4, 30);
    Files.writeString(folder.resolve("instructions.txt"), "What happened?\nWho was it?\nWhere?\n");
    KilledProcess.Result result =
        KilledProcess.inProcess(
            TinyWorld.generate(folder, folder.resolve("pairs")).with("--length", 320).list());
    assertThat(result.exitCode()).as(result.err()).isZero();
  }

  /** Thirty steps over all rows. */
  private List<String> train(Path run) {
    int rows = AppendLog.readLines(folder.resolve("pairs/pairs.jsonl")).size();
    return Arguments.of("train")
        .with("--model", folder.resolve("model"))
        .with("--pairs", folder.resolve("pairs"))
        .with("--out", run)
        .with("--learning-rate", "1e-3")
        .with("--gradient-accumulation-steps", rows)
        .with("--num-train-epochs", 30)
        .with("--save-steps", 10)
        .list();
  }

  private Process start(Path run) throws IOException {
    return JavaProcess.start(
        JavaProcess.command(
            List.of(
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:ErrorFile=" + folder.resolve("hs_err_%p.log")),
            Main.class,
            train(run)),
        folder.resolve("output.txt"));
  }

  private String output() throws IOException {
    return Files.readString(folder.resolve("output.txt"));
  }

  private static int metricsLines(Path run) {
    return AppendLog.readLines(run.resolve("metrics.jsonl")).size();
  }
}
