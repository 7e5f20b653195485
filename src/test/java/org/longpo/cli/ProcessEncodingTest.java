package org.longpo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.JavaProcess;
import org.longpo.documents.DocumentSource;
import org.longpo.error.UserError;
import org.longpo.progress.Cancellation;
import org.longpo.progress.Progress;

/** What goes in and out of the process is UTF-8 or refused, in whatever locale it was started. */
@Timeout(120)
class ProcessEncodingTest {
  /** For a shell: 文書, "documents". */
  private static final String JAPANESE = "$'\\346\\226\\207\\346\\233\\270'";

  @TempDir Path folder;

  private record Result(int exitCode, String out, String err) {}

  @Test
  void shouldReadArgumentsAndWriteOutputInUtf8() throws Exception {
    Result result = inLocale("C.UTF-8", "generate --print-config --documents " + JAPANESE);
    assertThat(result.exitCode).as(result.err).isZero();
    assertThat(result.out).contains("文書");
  }

  @Test
  void shouldRefuseArgumentsThatLocaleCannotRead() throws Exception {
    for (String argument : List.of(JAPANESE, "$'Zo\\303\\253'")) {
      Result result = inLocale("C", "complete --model m --prompt " + argument);
      assertThat(result.exitCode).isEqualTo(2);
      assertThat(result.err)
          .contains("arguments hold characters beyond ASCII", "./longpo", "LC_ALL=C.UTF-8")
          .hasLineCount(1);
    }
    Result broken = inLocale("C.UTF-8", "complete --model m --prompt $'caf\\351'");
    assertThat(broken.exitCode).isEqualTo(2);
    assertThat(broken.err).contains("The argument caf\uFFFD is not UTF-8").hasLineCount(1);
  }

  @Test
  void shouldWriteUtf8InLocaleThatCannot() throws Exception {
    Files.writeString(folder.resolve("settings.yaml"), "größe: 1\n");
    Result result = inLocale("C", "generate --print-config --config settings.yaml");
    assertThat(result.exitCode).isEqualTo(2);
    assertThat(result.err).contains("größe");
  }

  @Test
  void shouldRefuseWorkingFolderWhoseNameWasLost() {
    ProcessEncoding encoding =
        new ProcessEncoding("UTF-8", new byte[0], folder.resolve("nowhere").toString());
    assertThatThrownBy(() -> encoding.require(List.of("--version")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("The name of the current folder");
    new ProcessEncoding("UTF-8", new byte[0], folder.toString()).require(List.of("é", "--version"));
  }

  /** The class path before the arguments may hold anything. */
  @Test
  void shouldCheckOnlyBytesOfArguments() {
    byte[] bytes = "java\0-cp\0é\0Main\0--prompt\0a?b\0".getBytes(StandardCharsets.UTF_8);
    new ProcessEncoding("ANSI_X3.4-1968", bytes, folder.toString())
        .require(List.of("--prompt", "a?b"));
    byte[] beyond = "java\0Main\0--prompt\0é\0".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(
            () ->
                new ProcessEncoding("ANSI_X3.4-1968", beyond, folder.toString())
                    .require(List.of("--prompt", "??")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("ANSI_X3.4-1968");
  }

  @Test
  void shouldRefuseDocumentWhoseNameLeadsNowhereAsText() throws Exception {
    shell("C", "echo text > good.txt; echo text > $'caf\\351.txt'");
    assertThatThrownBy(() -> DocumentSource.of(List.of(folder)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("The file name " + folder)
        .hasMessageContaining("is not text in the encoding of this process");
  }

  @Test
  void shouldWriteNumbersAlikeInEveryLocale() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream(), false);
      Main.run(
          new Console(nowhere, nowhere, Progress.NONE, Cancellation.NEVER), "generate", "--help");
      assertThat("loss %.4f of %,d".formatted(8.1496, 12345)).isEqualTo("loss 8.1496 of 12,345");
    } finally {
      Locale.setDefault(before);
    }
  }

  /** Runs the program with a line of arguments as a shell takes them. */
  private Result inLocale(String locale, String arguments) throws Exception {
    List<String> java = JavaProcess.command(List.of(), Main.class, List.of());
    return shell(locale, "exec \"$@\" " + arguments, java.toArray(String[]::new));
  }

  private Result shell(String locale, String script, String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of("bash", "-c", script, "bash"));
    command.addAll(List.of(words));
    Path out = Files.createTempFile(folder, "out", ".log");
    Path err = Files.createTempFile(folder, "err", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().remove("LANG");
    builder.environment().put("LC_ALL", locale);
    Process process = builder.start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
  }
}
