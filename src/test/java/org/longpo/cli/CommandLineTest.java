package org.longpo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.longpo.progress.Cancellation;
import org.longpo.progress.Progress;

class CommandLineTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void shouldPrintVersionsOnStandardOutput() {
    assertThat(run("--version")).isZero();
    assertThat(text(out)).matches("longpo \\d\\S*\\ngit \\S+\\nlibtorch [\\d.]+\\nJava 2\\S+\\n");
    assertThat(text(err)).isEmpty();
  }

  @Test
  void shouldExplainItselfOnStandardOutput() {
    assertThat(run("--help")).isZero();
    assertThat(text(out)).contains("Usage: longpo", "Exit codes:");
    assertThat(text(err)).isEmpty();
  }

  @Test
  void shouldNameNearestOption() {
    assertThat(run("--versoin")).isEqualTo(2);
    assertThat(text(err))
        .isEqualTo(
            "longpo: There is no option --versoin; did you mean --version?"
                + " See 'longpo --help'.\n");
    assertThat(text(out)).isEmpty();
  }

  @Test
  void shouldRefuseEmptyCommandLine() {
    assertThat(run()).isEqualTo(2);
    assertThat(text(err)).isEqualTo("longpo: No command was given. See 'longpo --help'.\n");
  }

  private int run(String... arguments) {
    PrintStream outStream = new PrintStream(out, true, StandardCharsets.UTF_8);
    PrintStream errStream = new PrintStream(err, true, StandardCharsets.UTF_8);
    return Main.run(
        new Console(outStream, errStream, Progress.NONE, Cancellation.NEVER), arguments);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }
}
