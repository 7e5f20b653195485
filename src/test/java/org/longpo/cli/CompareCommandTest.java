package org.longpo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.evolve.CompareRun;
import org.longpo.evolve.Comparison;
import org.longpo.files.Json;

/** {@code longpo compare} as a user runs it, on a tiny random model. */
class CompareCommandTest {
  @TempDir Path folder;

  @BeforeEach
  void makePairs() throws IOException {
    TinyWorld.writeModel(folder.resolve("model"));
    TinyWorld.writeDocuments(folder.resolve("documents"), 2, 20);
    Files.writeString(folder.resolve("instructions.txt"), "What happened?\nWho was it?\n");
    List<String> generate =
        List.of(
            "generate",
            "--model",
            folder.resolve("model").toString(),
            "--documents",
            folder.resolve("documents").toString(),
            "--instructions",
            folder.resolve("instructions.txt").toString(),
            "--out",
            folder.resolve("pairs").toString(),
            "--length",
            "320",
            "--max-documents",
            "2",
            "--temperature",
            "1",
            "--max-new-tokens",
            "24",
            "--pairs-per-document",
            "2",
            "--rope-theta",
            "40000");
    assertThat(KilledProcess.inProcess(generate).err()).isEmpty();
  }

  @Test
  void shouldLowerLossOfEveryObjectiveAndPrintTable() {
    Path run = folder.resolve("run");
    KilledProcess.Result result = KilledProcess.inProcess(compare(run, "--num-train-epochs", "10"));

    assertThat(result.err()).isEmpty();
    assertThat(result.exitCode()).isZero();
    Comparison comparison = Json.read(run.resolve(CompareRun.FILE), Comparison.class);
    assertThat(comparison.runs()).hasSize(ObjectiveName.values().length);
    for (Comparison.Run one : comparison.runs()) {
      assertThat(one.lossLast()).as(one.objective()).isLessThan(one.lossFirst());
      assertThat(one.steps()).isEqualTo(10);
      assertThat(result.out()).containsPattern("(?m)^" + one.objective() + " +10 ");
    }
    assertThat(result.out())
        .contains("4 pairs of 2 documents", "long: chosen, rejected; reference: long");
    assertThat(run.resolve("dpo/model/model.safetensors")).exists();
  }

  @Test
  void shouldEndWithSameFiguresHoweverOftenItIsKilled() throws Exception {
    String[] settings = {"--objectives", "dpo,sft", "--save-steps", "1", "--num-train-epochs", "4"};
    Path whole = folder.resolve("whole");
    assertThat(KilledProcess.inProcess(compare(whole, settings)).exitCode()).isZero();

    Path killed = folder.resolve("killed");
    int kills =
        KilledProcess.runKilling(
            compare(killed, settings), killed, 12, folder.resolve("output.txt"));

    assertThat(kills).isGreaterThanOrEqualTo(2);
    Map<String, String> expected = KilledProcess.bytes(whole);
    // It holds what the clock said.
    expected.remove(CompareRun.FILE);
    Map<String, String> bytes = KilledProcess.bytes(killed);
    bytes.remove(CompareRun.FILE);
    assertThat(bytes).isEqualTo(expected);
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
    List<String> command =
        new ArrayList<>(
            List.of(
                "compare",
                "--pairs",
                folder.resolve("pairs").toString(),
                "--model",
                folder.resolve("model").toString(),
                "--out",
                out.toString(),
                "--learning-rate",
                "1e-4",
                "--warmup-ratio",
                "0"));
    command.addAll(List.of(more));
    return command;
  }
}
