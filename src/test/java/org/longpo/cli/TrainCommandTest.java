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
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.files.AtomicFile;
import org.longpo.progress.Cancellation;
import org.longpo.progress.Progress;

/** {@code longpo train} as a user runs it, on a tiny random model. */
class TrainCommandTest {
  /** The task of laying every document out. */
  private static final String READING = "Reading pairs";

  @TempDir Path folder;

  @Test
  void shouldRefuseTooFewDocumentsForDefaultsAndCreateNoFiles() throws IOException {
    TinyWorld.writePairs(folder, 2);
    for (String command : List.of("train", "compare")) {
      KilledProcess.Result result = KilledProcess.inProcess(command(command));
      assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
      assertThat(result.err())
          .contains("learn nothing", "2 documents", "gradient_accumulation_steps 8")
          .doesNotContain("\tat ");
      assertThat(folder.resolve("run")).doesNotExist();
    }
  }

  @Test
  void shouldWarnOfLengthBeyondPositionsUnlessRopeIsChanged() throws IOException {
    TinyWorld.writePairs(folder, 2, "--length", "200");
    // The pairs' theta is taken on.
    assertThat(warnings(command("train", "--gradient-accumulation-steps", "1")))
        .doesNotContain("max_position_embeddings");
    List<String> evaluate =
        new ArrayList<>(
            List.of(
                "evaluate",
                "--model",
                folder.resolve("model").toString(),
                "--documents",
                folder.resolve("documents").toString(),
                "--out",
                folder.resolve("evaluation").toString(),
                "--lengths",
                "200",
                "--haystacks",
                "1",
                "--questions",
                "1",
                "--answer-tokens",
                "1"));
    // 200 and the answer's one.
    assertThat(warnings(evaluate))
        .contains("201 tokens", "max_position_embeddings 128", "--rope-theta", "--rope-scaling");
    evaluate.set(evaluate.indexOf("--out") + 1, folder.resolve("stretched").toString());
    evaluate.addAll(List.of("--rope-theta", "40000"));
    assertThat(warnings(evaluate)).doesNotContain("max_position_embeddings");
  }

  @Test
  void shouldReadPairsOnceAndNotAtAllWhenTrainingIsDone() throws IOException {
    TinyWorld.writePairs(folder, 2);
    List<String> train = command("train", "--gradient-accumulation-steps", "1");
    assertThat(said(train)).containsOnlyOnce(READING).doesNotContain("done already");
    Files.move(folder.resolve("documents"), folder.resolve("moved"));
    assertThat(said(train)).contains("done already").doesNotContain(READING);
  }

  /** What an error about memory tells a user to change may change when a run is resumed. */
  @Test
  void shouldResumeWithOtherOptionsOfTheEngine() throws IOException {
    TinyWorld.writePairs(folder, 2);
    List<String> train = command("train", "--gradient-accumulation-steps", "1");
    assertThat(said(train)).doesNotContain("done already");
    train.addAll(List.of("--tile-tokens=16", "--head-tile-rows=8"));
    train.addAll(List.of("--save-attention=false", "--offload-activations"));
    assertThat(said(train))
        .contains("done already", "other options of the engine", "may differ", "by rounding");
    AtomicFile.deleteRecursively(folder.resolve("run"));
    assertThat(said(train)).contains(READING).doesNotContain("done already", "rounding");
  }

  @Test
  void shouldShowReadingOfEveryObjectiveOfComparison() throws IOException {
    TinyWorld.writePairs(folder, 2);
    List<String> compare =
        command("compare", "--objectives", "sft,simpo", "--gradient-accumulation-steps", "1");
    // Each is looked at before anything is written and laid out again for its training; figures
    // are read from three models.
    assertThat(said(compare).split(READING, -1)).hasSize(1 + 2 + 2 + 3);
    // One is to be trained and measured again, and a run that was begun is not looked at again.
    AtomicFile.deleteRecursively(folder.resolve("run/simpo"));
    assertThat(said(compare).split(READING, -1)).hasSize(1 + 1 + 1);
  }

  private static String warnings(List<String> command) {
    return said(command)
        .lines()
        .filter(one -> one.startsWith("warning"))
        .collect(Collectors.joining("\n"));
  }

  /** The messages of a successful command, and the names of its tasks. */
  private static String said(List<String> command) {
    List<String> said = new ArrayList<>();
    Progress progress =
        new Progress() {
          @Override
          public Task start(String name, String unit, long doneUnits, long totalUnits) {
            said.add(name);
            return (units, tokens, figures) -> {};
          }

          @Override
          public void say(String sentence) {
            said.add(sentence);
          }
        };
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    int exitCode =
        Main.run(
            new Console(out, out, progress, Cancellation.NEVER), command.toArray(String[]::new));
    assertThat(exitCode).as(bytes.toString(StandardCharsets.UTF_8)).isZero();
    return String.join("\n", said);
  }

  private List<String> command(String name, String... more) {
    List<String> command =
        new ArrayList<>(
            List.of(
                name,
                "--model",
                folder.resolve("model").toString(),
                "--pairs",
                folder.resolve("pairs").toString(),
                "--out",
                folder.resolve("run").toString()));
    command.addAll(List.of(more));
    return command;
  }
}
