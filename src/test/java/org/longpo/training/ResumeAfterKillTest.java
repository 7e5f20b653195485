package org.longpo.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.JavaProcess;
import org.longpo.files.AppendLog;
import org.longpo.progress.Cancellation;
import org.longpo.tensor.DType;

/** A process that dies without a word, at a step that nobody chose. */
class ResumeAfterKillTest {
  @TempDir Path folder;

  @Test
  void shouldEndWithSameBytesWhenProcessIsKilled() throws Exception {
    check(TinyRun.settings(20, 2));
  }

  /** Most checkpoints lie between two samplings. */
  @Test
  void shouldEndWithSameBytesWhenProcessThatSamplesIsKilled() throws Exception {
    check(TinyRun.onPolicy(20), "on-policy");
  }

  private void check(TrainingSettings settings, String... argument) throws Exception {
    Path killed = folder.resolve("killed");
    int kills = 0;
    for (int linesBeforeKill : List.of(2, 9, 17)) {
      Process process = start(killed, argument);
      while (process.isAlive() && lines(killed) < linesBeforeKill) {
        TimeUnit.MILLISECONDS.sleep(5);
      }
      kills += process.isAlive() ? 1 : 0;
      process.toHandle().destroyForcibly();
      process.waitFor();
    }
    assertThat(kills).isEqualTo(3);
    assertThat(start(killed, argument).waitFor()).isZero();

    Path whole = folder.resolve("whole");
    TinyRun.train(whole, TinyRun.documents(), settings, DType.BFLOAT16, Cancellation.NEVER);
    assertThat(TinyRun.bytes(killed)).isEqualTo(TinyRun.bytes(whole));
  }

  private static int lines(Path run) {
    return AppendLog.readLines(run.resolve("metrics.jsonl")).size();
  }

  private Process start(Path run, String... argument) throws IOException {
    Files.createDirectories(folder);
    return JavaProcess.start(
        JavaProcess.briefCommand(
            TinyRun.class, Stream.concat(Stream.of(run.toString()), Stream.of(argument)).toList()),
        folder.resolve("output.txt"));
  }
}
