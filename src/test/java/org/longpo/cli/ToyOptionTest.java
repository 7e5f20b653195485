package org.longpo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.progress.Cancellation;
import org.longpo.progress.Progress;
import org.longpo.settings.Option;
import org.longpo.settings.OptionValues;
import org.longpo.settings.Range;
import org.longpo.settings.Schema;
import org.longpo.settings.Section;
import org.longpo.settings.SeedOption;
import org.longpo.settings.Variants;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * An option of this file alone gets everything that the built-in options have: a flag, a key, help,
 * checks, a place in the print-out and in a run's record.
 */
class ToyOptionTest {
  @Section("Toys")
  record Toys(
      @Option(defaultValue = "3", meaning = "How many toys there are.") @Range(from = 1) int toys,
      @Option(defaultText = "all", meaning = "Colours that toys have.") List<String> colours,
      @Option(
              defaultValue = "false",
              decidesResult = false,
              meaning = "Whether they are counted aloud.")
          boolean aloud,
      @SeedOption long seed) {}

  @Command(name = "toy", header = "Counts toys.", mixinStandardHelpOptions = true)
  private static final class ToyCommand extends OptionCommand {
    ToyCommand(Console console) {
      super(console, Schema.of(Variants.NONE, Toys.class));
    }

    @Override
    void run(OptionValues given) {
      console.out().println(given.read(Toys.class));
      console.out().println(RunRecord.of("toy").with(given.read(Toys.class)).settings());
    }
  }

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir Path folder;

  @Test
  void shouldReachTheRecordFromFlagsAndFile() throws IOException {
    Path file = Files.writeString(folder.resolve("toys.yaml"), "toys: 7\ncolours: [red, blue]\n");
    assertThat(run("--config", file.toString(), "--aloud", "--seed", "5")).isZero();
    assertThat(text(out))
        .contains("Toys[toys=7, colours=[red, blue], aloud=true, seed=5]")
        .as("what decides the result")
        .contains("{\"toys\":7,\"colours\":[\"red\",\"blue\"],\"seed\":5}");
  }

  @Test
  void shouldAcceptListsAsSeveralWordsAndAsSeveralFlags() {
    assertThat(run("--colours", "red", "dark blue", "--toys", "1")).isZero();
    assertThat(run("--colours", "red", "--colours", "dark blue", "--toys", "1")).isZero();
    assertThat(text(out).lines().filter(line -> line.contains("colours=[red, dark blue]")))
        .hasSize(2);
  }

  @Test
  void shouldAppearInHelpAndPrintout() {
    assertThat(run("--help")).isZero();
    assertThat(text(out).replaceAll("\\s+", " "))
        .contains("Toys:", "--toys=N How many toys there are. Default: 3.");
    out.reset();
    assertThat(run("--print-config", "--toys", "4")).isZero();
    assertThat(text(out).lines().map(line -> line.replaceAll(" +", " ")))
        .containsExactly(
            "# Toys",
            "toys: 4 # --toys",
            "# colours: # default: all",
            "aloud: false # default",
            "seed: 42 # default");
  }

  @Test
  void shouldBeCheckedByNameAndRange() throws IOException {
    assertThat(run("--toys", "0")).isEqualTo(2);
    assertThat(text(err)).contains("--toys is '0', expected a whole number, 1 or more.");
    err.reset();
    Path file = Files.writeString(folder.resolve("toys.yaml"), "\ntoy: 7\n");
    assertThat(run("--config", file.toString())).isEqualTo(2);
    assertThat(text(err)).contains(file + ":2: there is no setting toy; did you mean toys?");
  }

  private int run(String... arguments) {
    PrintStream outStream = new PrintStream(out, true, StandardCharsets.UTF_8);
    PrintStream errStream = new PrintStream(err, true, StandardCharsets.UTF_8);
    ToyCommand command =
        new ToyCommand(new Console(outStream, errStream, Progress.NONE, Cancellation.NEVER));
    CommandLine line = new CommandLine(command);
    command.addFlags(line.getCommandSpec(), List.of());
    Failures failures = new Failures(errStream);
    return line.setOut(new PrintWriter(outStream, true, StandardCharsets.UTF_8))
        .setExecutionExceptionHandler((e, ignored, parsed) -> failures.report(e))
        .execute(arguments);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
