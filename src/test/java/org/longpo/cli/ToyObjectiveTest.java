package org.longpo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.evaluation.tasks.Tasks;
import org.longpo.files.Json;
import org.longpo.objective.DocumentLogProbs;
import org.longpo.objective.Dpo;
import org.longpo.objective.Objective;
import org.longpo.objective.ObjectiveResult;
import org.longpo.objective.Objectives;
import org.longpo.objective.Requirements;
import org.longpo.progress.Cancellation;
import org.longpo.progress.Progress;
import org.longpo.settings.Option;
import org.longpo.settings.OptionChecks;
import org.longpo.settings.Range;
import tools.jackson.databind.JsonNode;

/**
 * An objective of this file alone, with an option of its own, gets everything that the built-in
 * objectives have: a name, a flag, a key, help, checks, training, resuming and a row of compare.
 */
class ToyObjectiveTest {
  /** DPO whose beta is called strength. */
  record Toy(
      @Option(defaultValue = "0.5", meaning = "How strongly the toy prefers.") @Range(above = 0)
          double strength)
      implements Objective {
    Toy {
      OptionChecks.require(Toy.class, strength);
    }

    @Override
    public Requirements requirements() {
      return new Dpo(strength, 0).requirements();
    }

    @Override
    public ObjectiveResult apply(DocumentLogProbs document) {
      return new Dpo(strength, 0).apply(document);
    }
  }

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir Path folder;

  @Test
  void shouldShowOptionInHelpAndPrintout() throws IOException {
    assertThat(run("train", "--help")).isZero();
    assertThat(text(out))
        .contains("--strength", "toy: How strongly the toy prefers. Default: 0.5.");
    out.reset();
    Path file = Files.writeString(folder.resolve("recipe.yaml"), "objective: toy\nstrength: 3\n");
    assertThat(run("train", "--config", file.toString(), "--print-config")).isZero();
    assertThat(text(out).lines().map(line -> line.replaceAll(" +", " ")))
        .contains(
            "objective: toy # " + file + ":1",
            "strength: 3 # " + file + ":2",
            "# beta: # no setting of toy");
  }

  @Test
  void shouldNameWrongValuesAndNearestNames() throws IOException {
    assertThat(run("train", "--objective", "toi", "--print-config")).isEqualTo(2);
    assertThat(text(err)).contains("--objective is 'toi'", "did you mean toy?");
    err.reset();
    Path file = Files.writeString(folder.resolve("recipe.yaml"), "strenght: 3\n");
    assertThat(run("train", "--config", file.toString(), "--print-config")).isEqualTo(2);
    assertThat(text(err)).contains(file + ":1", "did you mean strength?");
    err.reset();
    assertThat(run("train", "--objective=toy", "--strength=-1", "--print-config")).isEqualTo(2);
    assertThat(text(err)).contains("--strength is '-1', expected a positive number.");
    err.reset();
    assertThat(run("train", "--objective=sft", "--strength=1", "--print-config")).isEqualTo(2);
    assertThat(text(err))
        .contains("--strength is no setting of this objective", "choose one that has it: toy.");
  }

  @Test
  void shouldTrainResumeAndCompare() throws IOException {
    TinyWorld.writePairs(folder, 2, "--length", "200", "--reference-long");
    List<String> training = command("train", "run", "--objective", "toy", "--strength", "0.25");
    assertThat(run(training)).as(text(err)).isZero();
    JsonNode record = Json.read(folder.resolve("run/run.json"), JsonNode.class).path("settings");
    assertThat(record.path("objective").asString()).isEqualTo("toy");
    assertThat(record.path("strength").asDouble()).isEqualTo(0.25);
    training.set(training.indexOf("0.25"), "0.75");
    assertThat(run(training)).isEqualTo(2);
    assertThat(text(err)).contains("holds another run, with strength 0.25 (now 0.75)");

    out.reset();
    List<String> comparing = command("compare", "compared", "--objectives", "toy,dpo");
    assertThat(run(comparing)).as(text(err)).isZero();
    assertThat(text(out))
        .containsPattern("(?m)^toy +2 .*reference: long")
        .containsPattern("(?m)^dpo ");
  }

  private List<String> command(String name, String run, String... more) {
    List<String> command =
        new ArrayList<>(
            List.of(
                name,
                "--model",
                folder.resolve("model").toString(),
                "--pairs",
                folder.resolve("pairs").toString(),
                "--out",
                folder.resolve(run).toString(),
                "--learning-rate",
                "1e-3",
                "--gradient-accumulation-steps",
                "1"));
    command.addAll(List.of(more));
    return command;
  }

  private int run(List<String> arguments) {
    return run(arguments.toArray(String[]::new));
  }

  private int run(String... arguments) {
    Console console =
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Progress.NONE,
            Cancellation.NEVER);
    return Main.run(console, Objectives.ALL.with(Toy.class), Tasks.ALL, arguments);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
