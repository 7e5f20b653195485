package org.longpo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stopped or finished stage whose inputs change in place is refused, and nothing is written. */
class ResumeWithOtherInputsTest {
  private static final int STOPPED = 130;

  @TempDir Path folder;

  @BeforeEach
  void makeWorld() throws IOException {
    TinyWorld.writeModel(folder.resolve("model"));
    TinyWorld.writeDocuments(folder.resolve("documents"), 4, 30);
    Files.writeString(folder.resolve("instructions.txt"), "What happened?\nWho was it?\nWhere?\n");
  }

  @Test
  void shouldRefuseToResumeGenerateAfterAnyInputChanged() throws IOException {
    assertThat(stopped(generate(), "run/pieces.jsonl", 3)).isEqualTo(STOPPED);
    refuseAfterEveryChange(generate(), "run");
    // The earlier work continues as if the refused commands had not been given.
    assertThat(KilledProcess.inProcess(generate()).exitCode()).isZero();
    Map<String, String> resumed = KilledProcess.bytes(folder.resolve("run"));
    Files.move(folder.resolve("run"), folder.resolve("resumed"));
    assertThat(KilledProcess.inProcess(generate()).exitCode()).isZero();
    assertThat(KilledProcess.bytes(folder.resolve("run"))).isEqualTo(resumed);
    // And what is finished is not handed out as made from other inputs.
    refuseAfterEveryChange(generate(), "run");
  }

  @Test
  void shouldRefuseToResumeReferenceAfterModelChanged() throws IOException {
    assertThat(KilledProcess.inProcess(generate()).exitCode()).isZero();
    List<String> reference = new ArrayList<>(onPairs("reference", "completed"));
    reference.add("--other-model");
    assertThat(stopped(reference, "completed/rows.jsonl", 2)).isEqualTo(STOPPED);
    refuse(reference, "completed", "model/model.safetensors", "other model weights");
    assertThat(KilledProcess.inProcess(reference).exitCode()).isZero();
    refuse(reference, "completed", "model/model.safetensors", "other model weights");
    refuse(reference, "completed", "model/chat_template.jinja", "other rendered chat template");
  }

  @Test
  void shouldRefuseTrainingAfterModelChangedStoppedOrDone() throws IOException {
    assertThat(KilledProcess.inProcess(generate()).exitCode()).isZero();
    List<String> train = new ArrayList<>(onPairs("train", "trained"));
    train.addAll(
        List.of("--gradient-accumulation-steps", "1", "--save-steps", "1", "--warmup-ratio", "0"));
    assertThat(stopped(train, "trained/metrics.jsonl", 2)).isEqualTo(STOPPED);
    refuse(train, "trained", "model/model.safetensors", "other model weights");
    assertThat(KilledProcess.inProcess(train).exitCode()).isZero();
    refuse(train, "trained", "model/model.safetensors", "other model weights");
    refuse(train, "trained", "model/chat_template.jinja", "other training data");
  }

  @Test
  void shouldNotCompareFiguresOfOtherModels() throws IOException {
    assertThat(KilledProcess.inProcess(generate()).exitCode()).isZero();
    List<String> compare = new ArrayList<>(onPairs("compare", "compared"));
    compare.addAll(List.of("--objectives", "sft", "--warmup-ratio", "0"));
    assertThat(KilledProcess.inProcess(compare).exitCode()).isZero();
    refuse(compare, "compared", "model/model.safetensors", "before.json", "other model weights");
    refuse(
        compare,
        "compared",
        "compared/sft/model/model.safetensors",
        "after.json",
        "other model weights");
  }

  @Test
  void shouldNotAnswerRequestsByTwoTokenizers() throws IOException {
    Path requests = folder.resolve("requests.jsonl");
    Files.writeString(
        requests, "{\"id\":1,\"context\":\"The old\",\"continuations\":[\" garden\"]}\n".repeat(4));
    List<String> score =
        List.of(
            "score",
            "--model",
            folder.resolve("model").toString(),
            "--requests",
            requests.toString(),
            "--out",
            folder.resolve("answers/answers.jsonl").toString());
    assertThat(stopped(score, "answers/answers.jsonl.partial", 3)).isEqualTo(STOPPED);
    refuse(score, "answers", "model/tokenizer.json", "1 changed (tokenizer.json)");
    refuse(score, "answers", "requests.jsonl", "other requests");
    assertThat(KilledProcess.inProcess(score).exitCode()).isZero();
    assertThat(Files.readAllLines(folder.resolve("answers/answers.jsonl"))).hasSize(4);
  }

  private void refuseAfterEveryChange(List<String> command, String run) throws IOException {
    Path added = folder.resolve("documents/also.txt");
    Files.writeString(added, "The sailor wrote about the garden. ".repeat(100));
    refused(command, run, "documents: 1 added (also.txt)");
    Files.delete(added);
    refuse(command, run, "documents/document-3.txt", "documents: 1 changed (document-3.txt)");
    refuse(command, run, "model/model.safetensors", "other model weights or config.json");
    refuse(command, run, "model/tokenizer.json", "1 changed (tokenizer.json)");
    refuse(command, run, "model/chat_template.jinja", "1 changed (chat_template.jinja)");
    refuse(command, run, "instructions.txt", "other instructions");
  }

  /** Changes a file in place, sees that the command is refused, and changes it back. */
  private void refuse(List<String> command, String run, String changed, String... says)
      throws IOException {
    Path file = folder.resolve(changed);
    byte[] before = Files.readAllBytes(file);
    byte[] after = before.clone();
    if (changed.endsWith(".safetensors")) {
      // The sign of a weight.
      after[after.length - 1] ^= (byte) 0x80;
    } else if (changed.endsWith(".json")) {
      after = (new String(before, StandardCharsets.UTF_8) + "\n").getBytes(StandardCharsets.UTF_8);
    } else if (changed.endsWith(".jsonl")) {
      after =
          new String(before, StandardCharsets.UTF_8)
              .replace("old", "new")
              .getBytes(StandardCharsets.UTF_8);
    } else {
      after =
          ("One more. " + new String(before, StandardCharsets.UTF_8))
              .getBytes(StandardCharsets.UTF_8);
    }
    Files.write(file, after);
    refused(command, run, says);
    Files.write(file, before);
  }

  private void refused(List<String> command, String run, String... says) {
    Map<String, String> before = KilledProcess.bytes(folder.resolve(run));
    KilledProcess.Result result = KilledProcess.inProcess(command);
    assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
    assertThat(result.err()).contains(says).doesNotContain("\tat ");
    assertThat(KilledProcess.bytes(folder.resolve(run))).isEqualTo(before);
  }

  private int stopped(List<String> command, String log, int lines) {
    return KilledProcess.stopped(command, folder.resolve(log), lines);
  }

  private List<String> onPairs(String command, String out) {
    return List.of(
        command,
        "--pairs",
        folder.resolve("run").toString(),
        "--model",
        folder.resolve("model").toString(),
        "--out",
        folder.resolve(out).toString());
  }

  private List<String> generate() {
    return List.of(
        "generate",
        "--model",
        folder.resolve("model").toString(),
        "--documents",
        folder.resolve("documents").toString(),
        "--instructions",
        folder.resolve("instructions.txt").toString(),
        "--out",
        folder.resolve("run").toString(),
        "--length",
        "320",
        "--chunk-tokens",
        "60",
        "--temperature",
        "1",
        "--max-new-tokens",
        "24",
        "--pairs-per-document",
        "2");
  }
}
