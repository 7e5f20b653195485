package org.longpo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.checkpoint.ContextWindow;
import org.longpo.checkpoint.ModelConfig;
import org.longpo.files.AtomicFile;
import org.longpo.files.Json;
import org.longpo.report.ReportData;
import org.longpo.training.TrainedOn;
import org.longpo.training.TrainingFolder;

/** {@code longpo evolve} as a user runs it, on a tiny random model. */
class EvolveEndToEndTest {
  /** How much more a killed process may leave on disk before it is killed. */
  private static final int EVENTS_PER_LIFE = 12;

  @TempDir Path folder;

  private int evaluations;

  @BeforeEach
  void makeWorld() throws IOException {
    TinyWorld.writeModel(folder.resolve("model"));
    TinyWorld.writeDocuments(folder.resolve("documents"), 4, 30);
    Files.writeString(folder.resolve("instructions.txt"), "What happened?\nWho was it?\nWhere?\n");
  }

  @Test
  void shouldEndWithSameBytesHoweverOftenItIsKilled() throws Exception {
    Path whole = folder.resolve("whole");
    KilledProcess.Result result = KilledProcess.inProcess(twoRounds(whole));
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(whole.resolve("report.html")).exists();
    assertThat(whole.resolve("round-2-448/training/model/model.safetensors")).exists();

    Path killed = folder.resolve("killed");
    int kills = KilledProcess.runKilling(twoRounds(killed), killed, EVENTS_PER_LIFE, outputFile());
    assertThat(kills).isGreaterThanOrEqualTo(5);
    assertThat(KilledProcess.bytes(killed)).isEqualTo(KilledProcess.bytes(whole));
  }

  @Test
  void shouldEndWithTableAndRefuseFolderOfAnotherRun() throws IOException {
    Path run = folder.resolve("run");
    List<String> command =
        command(run, "--lengths", "320", "--learning-rate", "1e-3", "--logging-steps", "2");
    KilledProcess.Result whole = KilledProcess.inProcess(command);
    assertThat(whole.exitCode()).as(whole.err()).isZero();
    assertThat(whole.out())
        .containsPattern("tokens +before +RoPE alone +after\n")
        .containsPattern("\n +320( +[0-9.]+ ± [0-9.]+ %){3}\n")
        // One document is held out, which does not show how documents vary.
        .containsPattern("bits per byte( +[0-9.]+ ± \\?){3}\n")
        .contains("?: not known, because there is only one text")
        .contains("not evaluated: qa-haystack, qa, ruler, infinitebench, longbench, short, judged,")
        .contains("checkpoint: ", "report: ");
    assertThat(run.resolve("base-rope/evaluation")).isDirectory();
    shouldReportWhatWasTrainedOn(run);
    shouldMeasureBaseAndTrainedModelInOneWindow(run.resolve("round-1-320/training/model"));
    // What was done stays done, also where its pairs and checkpoints were removed to save space.
    for (String removed : List.of("pairs", "training/checkpoints")) {
      AtomicFile.deleteRecursively(run.resolve("round-1-320").resolve(removed));
    }
    KilledProcess.Result again = KilledProcess.inProcess(command);
    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(again.out()).isEqualTo(whole.out());
    assertThat(run.resolve("round-1-320/pairs")).doesNotExist();
    // An added task is checked before any work.
    List<String> tooLong = new ArrayList<>(command);
    tooLong.addAll(List.of("--qa", questions("long.jsonl", "The gardener painted. ".repeat(200))));
    KilledProcess.Result refused = KilledProcess.inProcess(tooLong);
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("long.jsonl:1: the passage has");
    command.addAll(List.of("--qa", questions("questions.jsonl", "The gardener painted.")));
    KilledProcess.Result extended = KilledProcess.inProcess(command);
    assertThat(extended.exitCode()).as(extended.err()).isZero();
    assertThat(extended.out()).contains("checkpoint: ");
    shouldCompleteTasksThatTheTrainedModelLacks(run, command, whole);
    command.set(command.indexOf("1e-3"), "2e-3");
    KilledProcess.Result other = KilledProcess.inProcess(command);
    assertThat(other.exitCode()).isEqualTo(2);
    assertThat(other.err()).contains("learning_rate");
  }

  /** As where the questions were added in a call that was stopped after the base model. */
  private static void shouldCompleteTasksThatTheTrainedModelLacks(
      Path run, List<String> asked, KilledProcess.Result whole) throws IOException {
    for (String file : List.of("qa.jsonl", "qa-haystack.jsonl", "evaluation.json")) {
      Files.delete(run.resolve("round-1-320/evaluation").resolve(file));
    }
    List<String> first = asked.subList(0, asked.indexOf("--qa"));
    KilledProcess.Result without = KilledProcess.inProcess(List.copyOf(first));
    assertThat(without.exitCode()).as(without.err()).isZero();
    assertThat(without.out()).isEqualTo(whole.out());
    List<String> fewer = new ArrayList<>(first);
    fewer.addAll(List.of("--tasks", "needle"));
    KilledProcess.Result needles = KilledProcess.inProcess(fewer);
    assertThat(needles.exitCode()).as(needles.err()).isZero();
    assertThat(needles.out()).contains("checkpoint: ").doesNotContain("bits per byte");
  }

  private static void shouldReportWhatWasTrainedOn(Path run) {
    ReportData report = Json.read(run.resolve(ReportData.FILE), ReportData.class);
    TrainedOn trainedOn = TrainedOn.read(new TrainingFolder(run.resolve("round-1-320/training")));
    ReportData.Round round = report.rounds().getFirst();
    assertThat(round.training().documents()).isEqualTo(trainedOn.documents());
    assertThat(round.training().pairs()).isEqualTo(trainedOn.pairs());
    assertThat(round.training().steps()).isEqualTo(trainedOn.steps());
    // Half as many lines as steps, the last one counted up.
    assertThat(report.training()).hasSize((round.training().steps() + 1) / 2);
    assertThat(report.training().getLast().step()).isEqualTo(round.training().steps());
    assertThat(report.summary())
        .containsPattern(
            "bits per byte: [0-9.]+ before, [0-9.]+ after \\(n = [0-9]+, windows of 128 tokens\\)");
    // The model's own context, and not the window of an evaluation.
    assertThat(report.evaluations().contextTokens()).hasValue(128);
  }

  /** Training has raised the trained model's max_position_embeddings above the base's 128. */
  private void shouldMeasureBaseAndTrainedModelInOneWindow(Path trained) {
    assertThat(ModelConfig.read(trained).maxPositionEmbeddings()).isGreaterThan(128);
    assertThat(evaluate(folder.resolve("model")))
        .contains("Window of bits per byte: 128 tokens, from max_position_embeddings in ");
    assertThat(evaluate(trained))
        .contains("Window of bits per byte: 128 tokens, from " + ContextWindow.KEY + " in ")
        .contains("bits-per-byte, bits per byte: ");
    assertThat(evaluate(trained, "--window", "64"))
        .contains("Window of bits per byte: 64 tokens, from --window.");
  }

  private String evaluate(Path model, String... more) {
    List<String> command =
        Arguments.of("evaluate")
            .with("--model", model)
            .with("--documents", folder.resolve("documents"))
            .with("--lengths", 192)
            .with("--haystacks", 1)
            .with("--questions", 1)
            .with("--answer-tokens", 2)
            .with("--out", folder.resolve("evaluation-" + evaluations++))
            .and(more)
            .list();
    KilledProcess.Result result = KilledProcess.inProcess(command);
    assertThat(result.exitCode()).as(result.err()).isZero();
    return result.out();
  }

  @Test
  void shouldCreateNoFilesOnWrongInput() {
    Path run = folder.resolve("run");
    List<String> command = command(run, "--lengths", "320");
    command.set(command.indexOf("--model") + 1, folder.resolve("no-such-model").toString());
    KilledProcess.Result result = KilledProcess.inProcess(command);
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("no-such-model").doesNotContain("\tat ");
    assertThat(run).doesNotExist();
  }

  private List<String> command(Path run, String... more) {
    return Arguments.of("evolve")
        .with("--model", folder.resolve("model"))
        .with("--documents", folder.resolve("documents"))
        .with("--instructions", folder.resolve("instructions.txt"))
        .with("--out", run)
        .with("--temperature", 1)
        .with("--max-new-tokens", 24)
        .with("--pairs-per-document", 2)
        .with("--hold-out-share", 0.4)
        .with("--gradient-accumulation-steps", 2)
        .with("--save-steps", 1)
        .with("--haystacks", 2)
        .with("--questions", 2)
        .with("--answer-tokens", 4)
        .with("--rope-theta", 40000)
        .and(more)
        .list();
  }

  private String questions(String name, String passage) throws IOException {
    String line =
        "{\"passage\": \"%s\", \"question\": \"Who?\", \"answers\": [\"a\"]}\n".formatted(passage);
    return Files.writeString(folder.resolve(name), line).toString();
  }

  private List<String> twoRounds(Path run) {
    return command(run, "--lengths", "320,448", "--learning-rate", "1e-3");
  }

  private Path outputFile() {
    return folder.resolve("output.txt");
  }
}
