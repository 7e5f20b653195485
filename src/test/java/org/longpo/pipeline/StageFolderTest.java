package org.longpo.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.error.UserError;
import org.longpo.files.AtomicFile;
import org.longpo.files.ResumableLog;
import org.longpo.files.StageIdentity;

class StageFolderTest {
  private static final StageIdentity IDENTITY = StageIdentity.of("count").withSetting("numbers", 3);

  @TempDir Path parent;
  private Path folder;
  private int numbersMade;

  @BeforeEach
  void nameFolder() {
    folder = parent.resolve("run");
  }

  private StageFolder stage(StageIdentity identity) {
    return new StageFolder(
        folder, identity, folder.resolve("log.jsonl"), folder.resolve("result.txt"));
  }

  /** Logs three numbers; the result is how many stand in the log. Stops before {@code stopAt}. */
  private String run(StageIdentity identity, int stopAt) {
    StageFolder stage = stage(identity);
    return stage.run(
        () -> read(stage.lastFile()),
        () -> {
          try (ResumableLog log = ResumableLog.open(stage.log(), stage.identity())) {
            for (int number = log.size(); number < 3; number++) {
              if (number == stopAt) {
                throw new IllegalStateException("stopped");
              }
              log.append(Integer.toString(number));
              numbersMade++;
            }
          }
          return "3 numbers";
        },
        result -> AtomicFile.writeText(stage.lastFile(), result));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private Stream<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList().stream();
    }
  }

  @Test
  void shouldContinueLogAndDoNothingOnceFinished() throws IOException {
    assertThatThrownBy(() -> run(IDENTITY, 2)).hasMessage("stopped");
    assertThat(names()).containsExactly("log.jsonl");
    assertThat(run(IDENTITY, 3)).isEqualTo("3 numbers");
    assertThat(numbersMade).isEqualTo(3);
    assertThat(names()).containsExactlyInAnyOrder("identity.json", "result.txt");
    assertThat(run(IDENTITY, 0)).isEqualTo("3 numbers");
    assertThat(numbersMade).isEqualTo(3);
  }

  @Test
  void shouldRemoveLogOfStageKilledAfterItsLastResult() throws IOException {
    assertThatThrownBy(() -> run(IDENTITY, 2)).hasMessage("stopped");
    IDENTITY.write(folder);
    Files.writeString(folder.resolve("result.txt"), "killed right after this");
    assertThat(run(IDENTITY, 0)).isEqualTo("killed right after this");
    assertThat(names()).containsExactlyInAnyOrder("identity.json", "result.txt");
  }

  @Test
  void shouldRefuseOtherInputsWhetherInterruptedOrFinished() throws IOException {
    StageIdentity other = StageIdentity.of("count").withSetting("numbers", 4);
    assertThatThrownBy(() -> run(IDENTITY, 2)).hasMessage("stopped");
    assertRefused(other);
    assertThat(names()).containsExactly("log.jsonl");
    run(IDENTITY, 3);
    assertRefused(other);
    assertThat(numbersMade).isEqualTo(3);
  }

  private void assertRefused(StageIdentity other) {
    assertThatThrownBy(() -> run(other, 0))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("numbers 3 (now 4)");
  }
}
