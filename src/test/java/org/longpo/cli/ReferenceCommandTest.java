package org.longpo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.checkpoint.Checkpoint;
import org.longpo.pairs.PairManifest;
import org.longpo.progress.Cancellation;

/** {@code longpo reference} as a user runs it, on a tiny random model. */
class ReferenceCommandTest {
  @TempDir static Path world;

  @TempDir Path folder;

  @BeforeAll
  static void makePairs() throws IOException {
    TinyWorld.writeModel(world.resolve("model"));
    TinyWorld.writeDocuments(world.resolve("documents"), 6, 40);
    Files.writeString(world.resolve("instructions.txt"), "What happened?\nWho was it?\nWhere?\n");
    assertThat(KilledProcess.inProcess(generate(world.resolve("pairs"))).err()).isEmpty();
  }

  /** The model that made the pairs, with another base of its position embedding. */
  private Path otherModel() throws IOException {
    Path other = folder.resolve("other-model");
    TinyWorld.writeModel(other);
    Path config = other.resolve("config.json");
    Files.writeString(config, Files.readString(config).replace("10000.0", "20000.0"));
    return other;
  }

  @Test
  void shouldEqualGenerateWithReferencesHoweverOftenItIsKilled() throws Exception {
    List<String> whole = generate(folder.resolve("whole"));
    whole.add("--reference-long");
    assertThat(KilledProcess.inProcess(whole).exitCode()).isZero();

    Path completed = folder.resolve("completed");
    int kills =
        KilledProcess.runKilling(
            reference("completed"), completed, 9, folder.resolve("output.txt"));

    assertThat(kills).isGreaterThanOrEqualTo(3);
    for (String name : List.of("pairs.jsonl", "manifest.json")) {
      assertThat(completed.resolve(name))
          .hasSameTextualContentAs(folder.resolve("whole").resolve(name));
    }
    assertThat(completed.resolve("rows.jsonl")).doesNotExist();
  }

  @Test
  void shouldRefuseAnotherModelUnlessItIsThePoint() throws IOException {
    Path model = otherModel();
    KilledProcess.Result refused = KilledProcess.inProcess(reference("refused", model));
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("made with another model", "--other-model");
    assertThat(folder.resolve("refused")).doesNotExist();

    List<String> other = reference("other", model);
    other.add("--other-model");
    assertThat(KilledProcess.inProcess(other).exitCode()).isZero();
    try (Checkpoint checkpoint = Checkpoint.open(model)) {
      assertThat(
              PairManifest.read(folder.resolve("other/manifest.json")).referenceLongFingerprint())
          .contains(checkpoint.sha256());
    }
  }

  @Test
  void shouldBeNamedBeforeAnythingIsWrittenWhereObjectiveNeedsIt() {
    List<String> dpo = train("run", world.resolve("model"));
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
  void shouldReportThatAnotherModelIsTrained() throws IOException {
    assertThat(saidBy(train("same", world.resolve("model")))).doesNotContain("another model");
    assertThat(saidBy(train("other", otherModel()))).contains("pairs were made with another model");
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

  private List<String> train(String out, Path model) {
    return Arguments.of("train")
        .with("--pairs", world.resolve("pairs"))
        .with("--model", model)
        .with("--out", folder.resolve(out))
        .list();
  }

  private static List<String> generate(Path out) {
    return TinyWorld.generate(world, out).with("--length", 320).list();
  }

  private List<String> reference(String out) {
    return reference(out, world.resolve("model"));
  }

  private List<String> reference(String out, Path model) {
    return Arguments.of("reference")
        .with("--pairs", world.resolve("pairs"))
        .with("--model", model)
        .with("--out", folder.resolve(out))
        .list();
  }
}
