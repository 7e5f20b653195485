package org.longpo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.progress.Cancellation;
import org.longpo.progress.Progress;

/** {@code longpo train} as a user runs it, on a tiny random model. */
class TrainCommandTest {
  @TempDir Path folder;

  @Test
  void shouldRefuseTooFewDocumentsForDefaultsAndLeaveNothing() throws IOException {
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
    assertThat(warnings(evaluate))
        .contains("200 tokens", "max_position_embeddings 128", "--rope-theta", "--rope-scaling");
    evaluate.set(evaluate.indexOf("--out") + 1, folder.resolve("stretched").toString());
    evaluate.addAll(List.of("--rope-theta", "40000"));
    assertThat(warnings(evaluate)).doesNotContain("max_position_embeddings");
  }

  /** What a command says that goes well. */
  private static String warnings(List<String> command) {
    List<String> said = new ArrayList<>();
    Progress progress =
        new Progress() {
          @Override
          public Task start(String name, String unit, long doneUnits, long totalUnits) {
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
    return String.join("\n", said.stream().filter(one -> one.startsWith("warning")).toList());
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
