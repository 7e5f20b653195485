package org.longpo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.files.AppendLog;
import org.longpo.files.Sha256;
import org.longpo.progress.Cancellation;
import org.longpo.progress.Progress;

/** {@code longpo evolve} as a user runs it, on a tiny random model. */
class EvolveEndToEndTest {
  /** How much more a killed process may leave on disk before it is killed. */
  private static final int EVENTS_PER_LIFE = 5;

  @TempDir Path folder;

  @BeforeEach
  void makeWorld() throws IOException {
    TinyWorld.writeModel(folder.resolve("model"));
    TinyWorld.writeDocuments(folder.resolve("documents"), 4, 30);
    Files.writeString(folder.resolve("instructions.txt"), "What happened?\nWho was it?\nWhere?\n");
  }

  @Test
  void shouldEndWithSameBytesHoweverOftenItIsKilled() throws Exception {
    Path whole = folder.resolve("whole");
    assertThat(start(whole).waitFor()).as(output()).isZero();
    assertThat(whole.resolve("report.html")).exists();
    assertThat(whole.resolve("round-2-448/training/model/model.safetensors")).exists();

    Path killed = folder.resolve("killed");
    int kills = 0;
    int exitCode = -1;
    while (exitCode != 0) {
      int events = events(killed);
      Process process = start(killed);
      while (process.isAlive() && events(killed) < events + EVENTS_PER_LIFE) {
        TimeUnit.MILLISECONDS.sleep(2);
      }
      if (process.isAlive()) {
        kills++;
      }
      process.toHandle().destroyForcibly();
      exitCode = process.waitFor();
      assertThat(exitCode).as(output()).isIn(0, 137);
    }
    assertThat(kills).isGreaterThanOrEqualTo(5);
    assertThat(bytes(killed)).isEqualTo(bytes(whole));
  }

  @Test
  void shouldRefuseFolderOfAnotherRun() {
    Path run = folder.resolve("run");
    assertThat(inProcess(command(run, "--lengths", "320", "--learning-rate", "1e-3"))).isZero();
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    int exitCode = inProcess(errors, command(run, "--lengths", "320", "--learning-rate", "2e-3"));
    assertThat(exitCode).isEqualTo(2);
    assertThat(errors.toString(StandardCharsets.UTF_8)).contains("learning_rate");
  }

  @Test
  void shouldLeaveNothingBehindOnWrongInput() {
    Path run = folder.resolve("run");
    List<String> command = command(run, "--lengths", "320");
    command.set(command.indexOf("--model") + 1, folder.resolve("no-such-model").toString());
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    assertThat(inProcess(errors, command)).isEqualTo(2);
    assertThat(errors.toString(StandardCharsets.UTF_8))
        .contains("no-such-model")
        .doesNotContain("\tat ");
    assertThat(run).doesNotExist();
  }

  private List<String> command(Path run, String... more) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "evolve",
                "--model",
                folder.resolve("model").toString(),
                "--documents",
                folder.resolve("documents").toString(),
                "--instructions",
                folder.resolve("instructions.txt").toString(),
                "--out",
                run.toString(),
                "--temperature",
                "1",
                "--max-new-tokens",
                "24",
                "--pairs-per-document",
                "2",
                "--hold-out-share",
                "0.4",
                "--gradient-accumulation-steps",
                "2",
                "--save-steps",
                "1",
                "--haystacks",
                "2",
                "--questions",
                "2",
                "--answer-tokens",
                "4",
                "--rope-theta",
                "40000"));
    command.addAll(List.of(more));
    return command;
  }

  private int inProcess(List<String> command) {
    return inProcess(new ByteArrayOutputStream(), command);
  }

  private int inProcess(ByteArrayOutputStream errors, List<String> command) {
    PrintStream err = new PrintStream(errors, true, StandardCharsets.UTF_8);
    PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    return Main.run(
        new Console(out, err, Progress.NONE, Cancellation.NEVER), command.toArray(String[]::new));
  }

  private Process start(Path run) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    // The same natives as this process has: other ones would round differently.
    System.getProperties()
        .forEach(
            (key, value) -> {
              if (key.toString().startsWith("org.bytedeco")) {
                command.add("-D" + key + "=" + value);
              }
            });
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(command(run, "--lengths", "320,448", "--learning-rate", "1e-3"));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("output.txt").toFile())
        .start();
  }

  private String output() throws IOException {
    return Files.readString(folder.resolve("output.txt"));
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

  /** Every file but locks and timings, by its path. */
  private static TreeMap<String, String> bytes(Path run) {
    TreeMap<String, String> bytes = new TreeMap<>();
    for (Path file : files(run)) {
      String name = run.relativize(file).toString();
      if (!name.endsWith(".lock") && !name.endsWith("timings.jsonl")) {
        bytes.put(name, Sha256.of(file));
      }
    }
    return bytes;
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
