package org.longpo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.checkpoint.SafetensorsFile;

/** Every command on a model one of whose weights is NaN. */
class DamagedModelTest {
  /** NaN as a float32, little-endian. */
  private static final byte[] NAN = {0, 0, (byte) 0xC0, 0x7F};

  @TempDir Path folder;
  private Path model;
  private Path documents;
  private String damagedTensor = "";

  @BeforeEach
  void makeModel() throws IOException {
    model = folder.resolve("model");
    documents = folder.resolve("documents");
    TinyWorld.writeModel(model);
    TinyWorld.writeDocuments(documents, 2, 20);
    Files.writeString(folder.resolve("instructions.txt"), "What happened?\n");
  }

  @Test
  void shouldBeRefusedByEveryCommandThatReads() throws IOException {
    damage();
    Path requests = folder.resolve("requests.jsonl");
    Files.writeString(
        requests, "{\"id\": 1, \"context_tokens\": [5], \"continuation_tokens\": [[8]]}\n");
    refused("complete", "--prompt", "The old");
    refused("score", "--requests", requests.toString(), "--out", at("scores.jsonl"));
    refused(
        "evaluate", "--documents", documents.toString(), "--lengths", "600", "--out", at("scored"));
    refused(generate());
    assertThat(folder.resolve("scores.jsonl")).doesNotExist();
    assertThat(folder.resolve("scored/evaluation.json")).doesNotExist();
    assertThat(folder.resolve("pairs/pairs.jsonl")).doesNotExist();
  }

  @Test
  void shouldBeRefusedByCommandsThatReadPairs() throws IOException {
    KilledProcess.Result made = run(generate());
    assertThat(made.exitCode()).as(made.err()).isZero();
    damage();
    refused("reference", "--pairs", at("pairs"), "--other-model", "--out", at("references"));
    refused(
        "train",
        "--pairs",
        at("pairs"),
        "--out",
        at("trained"),
        "--gradient-accumulation-steps",
        "1",
        "--warmup-ratio",
        "0");
    assertThat(folder.resolve("references/pairs.jsonl")).doesNotExist();
    assertThat(folder.resolve("trained/model")).doesNotExist();
  }

  private String[] generate() {
    return new String[] {
      "generate",
      "--documents",
      documents.toString(),
      "--instructions",
      at("instructions.txt"),
      "--out",
      at("pairs"),
      "--length",
      "256",
      "--temperature",
      "1",
      "--max-new-tokens",
      "12"
    };
  }

  /** Makes the last value of the last tensor NaN. */
  private void damage() throws IOException {
    Path weights = model.resolve("model.safetensors");
    try (SafetensorsFile file = SafetensorsFile.open(weights)) {
      damagedTensor = new ArrayList<>(file.tensors().keySet()).getLast();
    }
    try (RandomAccessFile file = new RandomAccessFile(weights.toFile(), "rw")) {
      file.seek(file.length() - NAN.length);
      file.write(NAN);
    }
  }

  private void refused(String... command) {
    KilledProcess.Result result = run(command);
    assertThat(result.exitCode()).as(command[0] + ": " + result.err()).isEqualTo(2);
    assertThat(result.out()).as(command[0]).isEmpty();
    assertThat(result.err())
        .as(command[0])
        .contains(model.toString(), "1 of the", "values of " + damagedTensor + " are not finite")
        .doesNotContain("bug of longpo");
  }

  private KilledProcess.Result run(String... command) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(1, List.of("--model", model.toString()));
    return KilledProcess.inProcess(all);
  }

  private String at(String name) {
    return folder.resolve(name).toString();
  }
}
