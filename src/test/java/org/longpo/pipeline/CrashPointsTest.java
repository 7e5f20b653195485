package org.longpo.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.engine.LoraSettings;
import org.longpo.files.FailingFileSystem;
import org.longpo.files.FailingFileSystem.Crash;
import org.longpo.files.FailingFileSystem.Failure;
import org.longpo.progress.Cancellation;
import org.longpo.progress.Progress;
import org.longpo.settings.OptionRecords;
import org.longpo.training.NewestCheckpoint;
import org.longpo.training.RandomExamples;
import org.longpo.training.TinyRun;
import org.longpo.training.TrainingFolder;
import org.longpo.training.ValidationSettings;

/**
 * A run that dies, or finds the disk full, at every single operation on files that it does: writes
 * of logs, checkpoints and exports, new folders, renames, removals.
 */
class CrashPointsTest {
  private static final Path LLAMA = Path.of("src/test/resources/models/llama");
  private static final int NEVER = Integer.MAX_VALUE;

  @TempDir Path folder;

  @Test
  void shouldEndWithSameBytesWhereverItCrashes() throws IOException {
    Path whole = folder.resolve("whole");
    int points = run(whole, Failure.CRASH, NEVER);
    // Two checkpoints and two exports of more than ten operations each.
    assertThat(points).isGreaterThan(60);
    Map<String, String> expected = TinyRun.bytes(whole);
    for (int point = 1; point <= points; point++) {
      Path crashed = folder.resolve("crash-" + point);
      assertThat(failure(crashed, Failure.CRASH, point)).isInstanceOf(Crash.class);
      run(crashed, Failure.CRASH, NEVER);
      assertThat(TinyRun.bytes(crashed)).as("crash at operation %d", point).isEqualTo(expected);
    }
    System.out.println("crash points tried: " + points);
  }

  @Test
  void shouldKeepLastGoodCheckpointWhereverTheDiskIsFull() throws IOException {
    Path whole = folder.resolve("whole");
    int points = run(whole, Failure.DISK_FULL, NEVER);
    Map<String, String> expected = TinyRun.bytes(whole);
    for (int point = 1; point <= points; point++) {
      Path full = folder.resolve("full-" + point);
      Map<Path, byte[]> good = new HashMap<>();
      Throwable thrown = failure(full, Failure.DISK_FULL, point);
      assertThat(thrown)
          .as("operation %d", point)
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("No space left on device");
      // Started again on the full disk it fails again, and harms nothing.
      OptionalInt newest = newest(full);
      newest.ifPresent(step -> read(full, step, good));
      failure(full, Failure.DISK_FULL, 1);
      assertThat(newest(full)).isEqualTo(newest);
      good.forEach((file, bytes) -> assertThat(file).hasBinaryContent(bytes));
      run(full, Failure.DISK_FULL, NEVER);
      assertThat(TinyRun.bytes(full)).as("full at operation %d", point).isEqualTo(expected);
    }
    System.out.println("full-disk points tried: " + points);
  }

  private static void read(Path run, int step, Map<Path, byte[]> into) {
    Path checkpoint = run.resolve("checkpoints/checkpoint-" + step);
    for (String name : List.of("model.safetensors", "optimizer.safetensors", "state.json")) {
      try {
        into.put(checkpoint.resolve(name), Files.readAllBytes(checkpoint.resolve(name)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** The newest whole checkpoint, hashes compared. */
  private static OptionalInt newest(Path run) {
    return NewestCheckpoint.step(new TrainingFolder(run), 2);
  }

  private static Throwable failure(Path target, Failure failure, int failAt) {
    try {
      run(target, failure, failAt);
    } catch (UncheckedIOException | Crash thrown) {
      return thrown;
    }
    throw new AssertionError("operation " + failAt + " did not fail");
  }

  /** Returns the operations that changed something. */
  private static int run(Path target, Failure failure, int failAt) {
    FailingFileSystem files = new FailingFileSystem(failure, failAt);
    new StageRun(
            LLAMA,
            files.wrap(target),
            OptionRecords.with(
                TinyRun.settings(1, 2),
                Map.of(
                    "logging_steps",
                    1,
                    "seed",
                    1,
                    "lora",
                    Optional.of(new LoraSettings(1, 1, List.of("q_proj"))),
                    "validation",
                    new ValidationSettings(0.2, OptionalInt.of(2), true))))
        .run(RandomExamples.data(TinyRun.documents()), Progress.NONE, Cancellation.NEVER);
    return files.operations();
  }
}
