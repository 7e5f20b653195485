package org.longpo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.files.AtomicFile;
import org.longpo.files.Json;
import org.longpo.objective.Objectives;
import org.longpo.pipeline.Comparison;
import org.longpo.pipeline.RunLayout;

/** {@code longpo compare} as a user runs it, on a tiny random model. */
class CompareCommandTest {
  @TempDir static Path world;

  @TempDir Path folder;

  @BeforeAll
  static void makePairs() throws IOException {
    TinyWorld.writePairs(world, 2);
  }

  @Test
  void shouldLowerLossOfEveryObjectiveAndPrintTable() {
    Path run = folder.resolve("run");
    KilledProcess.Result result = KilledProcess.inProcess(compare(run, "--num-train-epochs", "6"));

    assertThat(result.err()).isEmpty();
    assertThat(result.exitCode()).isZero();
    Comparison comparison = Json.read(new RunLayout.Compare(run).comparison(), Comparison.class);
    assertThat(comparison.runs()).hasSize(Objectives.ALL.types().size());
    for (Comparison.Run one : comparison.runs()) {
      assertThat(one.losses().last().orElseThrow())
          .as(one.objective())
          .isLessThan(one.losses().first().orElseThrow());
      assertThat(one.steps()).isEqualTo(6);
      assertThat(result.out()).containsPattern("(?m)^" + one.objective() + " +6 ");
    }
    assertThat(result.out())
        .contains("4 pairs of 2 documents", "long: chosen, rejected; reference: long");
    assertThat(run.resolve("dpo/model/model.safetensors")).exists();
  }

  @Test
  void shouldEndWithSameFiguresHoweverOftenItIsKilled() throws Exception {
    String[] settings = {
      "--objectives", "dpo,opsdl", "--save-steps", "1", "--num-train-epochs", "4"
    };
    Path whole = folder.resolve("whole");
    assertThat(KilledProcess.inProcess(compare(whole, settings)).exitCode()).isZero();

    Path killed = folder.resolve("killed");
    int kills =
        KilledProcess.runKilling(
            compare(killed, settings), killed, 12, folder.resolve("output.txt"));

    assertThat(kills).isGreaterThanOrEqualTo(2);
    Map<String, String> expected = KilledProcess.bytes(whole);
    // It holds times.
    expected.remove("comparison.json");
    Map<String, String> bytes = KilledProcess.bytes(killed);
    bytes.remove("comparison.json");
    assertThat(bytes).isEqualTo(expected);
  }

  @Test
  void shouldEvaluateOnHeldOutDocumentsAndPrintTheSameWhenRepeated() throws IOException {
    TinyWorld.writePairs(folder.resolve("many"), 4);
    Path run = folder.resolve("run");
    List<String> command =
        compare(
            run,
            "--objectives",
            "sft,simpo",
            "--eval-share",
            "0.3",
            "--num-train-epochs",
            "6",
            "--logging-steps",
            "4");
    command.set(command.indexOf("--pairs") + 1, folder.resolve("many/pairs").toString());
    KilledProcess.Result first = KilledProcess.inProcess(command);
    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(first.out()).doesNotContain("NaN");
    assertThat(run.resolve("sft/evaluations.jsonl")).isNotEmptyFile();
    // Whatever was removed to save space: nothing is trained or computed again.
    AtomicFile.deleteRecursively(run.resolve("sft/checkpoints"));
    AtomicFile.deleteRecursively(run.resolve("simpo/metrics.jsonl"));
    AtomicFile.deleteRecursively(run.resolve("simpo/model"));
    KilledProcess.Result again = KilledProcess.inProcess(command);
    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(again.out()).isEqualTo(first.out());
    assertThat(run.resolve("sft/checkpoints")).doesNotExist();
    assertThat(run.resolve("simpo/model")).isDirectory();
  }

  @Test
  void shouldCountSkippedStepsAndShowNoLossWhereAllOfAnEpochAreSkipped() throws IOException {
    Path run = folder.resolve("run");
    List<String> command = compare(run, "--objectives", "sft", "--num-train-epochs", "3");
    assertThat(KilledProcess.inProcess(command).exitCode()).isZero();
    // A skipped step has no line.
    Path metrics = run.resolve("sft/metrics.jsonl");
    List<String> lines = Files.readAllLines(metrics);
    assertThat(lines).hasSize(3);
    Files.write(metrics, lines.subList(0, 2));
    KilledProcess.Result result = KilledProcess.inProcess(command);
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).containsPattern("(?m)^sft +3 +[0-9.]+ +- ").doesNotContain("NaN");
    Comparison.Run sft =
        Json.read(new RunLayout.Compare(run).comparison(), Comparison.class).runs().getFirst();
    assertThat(sft.steps()).isEqualTo(3);
    assertThat(sft.losses().last()).isEmpty();
  }

  @Test
  void shouldRefuseAdapterAloneAndWhatOneObjectiveCannotReadBeforeAnythingIsWritten() {
    for (List<String> wrong :
        List.of(
            List.of("--lora-r", "2", "--merge-adapter", "false"),
            List.of("--objectives", "sft,dpo", "--layout", "chain"),
            List.of("--objectives", "sft,longpo", "--freeze", "no.such.weight"),
            List.of("--objectives", "sft,longpo", "--max-length", "100"))) {
      KilledProcess.Result result =
          KilledProcess.inProcess(compare(folder.resolve("run"), wrong.toArray(String[]::new)));
      assertThat(result.exitCode()).as(wrong + result.err()).isEqualTo(2);
      assertThat(result.err()).doesNotContain("\tat ");
      assertThat(folder.resolve("run")).as(wrong.toString()).doesNotExist();
    }
  }

  @Test
  void shouldRefuseSettingThatNoneOfTheObjectivesHas() {
    KilledProcess.Result result =
        KilledProcess.inProcess(
            compare(folder.resolve("run"), "--objectives", "dpo,sft", "--gamma", "1"));
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("--gamma", "simpo");
    assertThat(folder.resolve("run")).doesNotExist();
  }

  private List<String> compare(Path out, String... more) {
    return Arguments.of("compare")
        .with("--pairs", world.resolve("pairs"))
        .with("--model", world.resolve("model"))
        .with("--out", out)
        .with("--learning-rate", 1e-4)
        .with("--warmup-ratio", 0)
        .and(more)
        .list();
  }
}
