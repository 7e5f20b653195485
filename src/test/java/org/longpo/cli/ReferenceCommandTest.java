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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.checkpoint.Checkpoint;
import org.longpo.pairs.PairManifest;
import org.longpo.progress.Cancellation;

/** {@code longpo reference} as a user runs it, on a tiny random model. */
class ReferenceCommandTest {
  @TempDir Path folder;

  @BeforeEach
  void makePairs() throws IOException {
    TinyWorld.writeModel(folder.resolve("model"));
    TinyWorld.writeDocuments(folder.resolve("documents"), 6, 40);
    Files.writeString(folder.resolve("instructions.txt"), "What happened?\nWho was it?\nWhere?\n");
    assertThat(KilledProcess.inProcess(generate("pairs")).err()).isEmpty();
  }

  @Test
  void shouldLeaveBytesOfGenerateWithReferencesHoweverOftenItIsKilled() throws Exception {
    List<String> whole = generate("whole");
    whole.add("--reference-long");
    assertThat(KilledProcess.inProcess(whole).exitCode()).isZero();

    Path completed = folder.resolve("completed");
    int kills =
        KilledProcess.runKilling(
            reference("completed"), completed, 6, folder.resolve("output.txt"));

    assertThat(kills).isGreaterThanOrEqualTo(3);
    for (String name : List.of("pairs.jsonl", "manifest.json")) {
      assertThat(completed.resolve(name))
          .hasSameTextualContentAs(folder.resolve("whole").resolve(name));
    }
    assertThat(completed.resolve("rows.jsonl")).doesNotExist();
  }

  @Test
  void shouldRefuseAnotherModelUnlessItIsThePoint() throws IOException {
    Path config = folder.resolve("model/config.json");
    Files.writeString(config, Files.readString(config).replace("10000.0", "20000.0"));

    KilledProcess.Result refused = KilledProcess.inProcess(reference("refused"));
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("made with another model", "--other-model");
    assertThat(folder.resolve("refused")).doesNotExist();

    List<String> other = reference("other");
    other.add("--other-model");
    assertThat(KilledProcess.inProcess(other).exitCode()).isZero();
    try (Checkpoint checkpoint = Checkpoint.open(folder.resolve("model"))) {
      assertThat(
              PairManifest.read(folder.resolve("other/manifest.json")).referenceLongFingerprint())
          .contains(checkpoint.sha256());
    }
  }

  @Test
  void shouldBeNamedBeforeAnythingIsWrittenWhereObjectiveNeedsIt() {
    List<String> dpo = new ArrayList<>(train("run"));
    dpo.addAll(List.of("--objective", "dpo"));
    KilledProcess.Result result = KilledProcess.inProcess(dpo);
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("'longpo reference --pairs DIR --model DIR --out DIR'");
    assertThat(folder.resolve("run")).doesNotExist();
    // Who follows the advice needs no other folder.
    assertThat(KilledProcess.inProcess(reference("completed")).exitCode()).isZero();
    dpo.set(dpo.indexOf("--pairs") + 1, folder.resolve("completed").toString());
    dpo.addAll(List.of("--warmup-ratio", "0"));
    KilledProcess.Result advised = KilledProcess.inProcess(dpo);
    assertThat(advised.exitCode()).as(advised.err()).isZero();
  }

  @Test
  void shouldTellWhereAnotherModelIsTrained() throws IOException {
    assertThat(saidBy(train("same"))).doesNotContain("another model");

    Path config = folder.resolve("model/config.json");
    Files.writeString(config, Files.readString(config).replace("10000.0", "20000.0"));
    assertThat(saidBy(train("other"))).contains("pairs were made with another model");
  }

  /** Progress and warnings of a command that ends well. */
  private static String saidBy(List<String> command) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream lines = new PrintStream(said, true, StandardCharsets.UTF_8);
    Console console =
        new Console(
            lines,
            lines,
            new LineProgress(lines, LineProgress.INTERVAL, System::nanoTime),
            Cancellation.NEVER);
    assertThat(Main.run(console, command.toArray(String[]::new))).isZero();
    return said.toString(StandardCharsets.UTF_8);
  }

  private List<String> train(String out) {
    return List.of(
        "train",
        "--pairs",
        folder.resolve("pairs").toString(),
        "--model",
        folder.resolve("model").toString(),
        "--out",
        folder.resolve(out).toString());
  }

  private List<String> generate(String out) {
    return new ArrayList<>(
        List.of(
            "generate",
            "--model",
            folder.resolve("model").toString(),
            "--documents",
            folder.resolve("documents").toString(),
            "--instructions",
            folder.resolve("instructions.txt").toString(),
            "--out",
            folder.resolve(out).toString(),
            "--length",
            "320",
            "--temperature",
            "1",
            "--max-new-tokens",
            "24",
            "--pairs-per-document",
            "2",
            "--rope-theta",
            "40000"));
  }

  private List<String> reference(String out) {
    return new ArrayList<>(
        List.of(
            "reference",
            "--pairs",
            folder.resolve("pairs").toString(),
            "--model",
            folder.resolve("model").toString(),
            "--out",
            folder.resolve(out).toString()));
  }
}
