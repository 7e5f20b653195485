package org.longpo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.JavaProcess;
import org.longpo.progress.Cancellation;
import org.longpo.progress.Progress;

/** A command whose output is not read ends at once. */
@Timeout(120)
class StandardOutputTest {
  @TempDir Path folder;

  @Test
  void shouldEndSilentlyWhereReaderClosedStandardOutput() throws Exception {
    TinyWorld.writeModel(folder.resolve("model"));
    List<String> java =
        JavaProcess.command(
            List.of(),
            Main.class,
            List.of(
                "complete",
                "--model",
                folder.resolve("model").toString(),
                "--prompt",
                "The old",
                "--temperature",
                "1",
                "--max-tokens",
                "4000"));
    List<String> command =
        new ArrayList<>(
            List.of("bash", "-c", "\"$@\" 2>err | head -c 5 >out; echo ${PIPESTATUS[0]}", "bash"));
    command.addAll(java);
    Process process = new ProcessBuilder(command).directory(folder.toFile()).start();
    assertThat(process.waitFor(100, TimeUnit.SECONDS)).isTrue();
    assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip())
        .isEqualTo("141");
    assertThat(folder.resolve("out")).hasSize(5);
    assertThat(Files.readString(folder.resolve("err"))).isEmpty();
  }

  /** Every command prints through the one stream, help and listings too. */
  @Test
  void shouldEndEveryCommandThatPrints() {
    for (String[] command :
        new String[][] {{"--help"}, {"train", "--help"}, {"generate", "--print-config"}}) {
      assertThat(run("Broken pipe", command)).isEqualTo(141);
      assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    }
  }

  @Test
  void shouldNameOutputThatCannotBeWritten() {
    assertThat(run("No space left on device", "generate", "--print-config")).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo("longpo: A file could not be read or written: No space left on device.\n");
  }

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  /** Runs a command whose standard output fails at the first byte. */
  private int run(String complaint, String... command) {
    OutputStream failing =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException(complaint);
          }
        };
    return Main.run(
        new Console(
            StandardOutput.over(failing),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Progress.NONE,
            Cancellation.NEVER),
        command);
  }
}
