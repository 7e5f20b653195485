package org.longpo.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.longpo.checkpoint.Checkpoint;
import org.longpo.checkpoint.CheckpointWriter;
import org.longpo.checkpoint.ExpectedTensors;
import org.longpo.checkpoint.ExportSettings;
import org.longpo.checkpoint.OutputTensor;
import org.longpo.engine.EngineSettings;
import org.longpo.engine.LanguageModel;
import org.longpo.engine.ModelLoader;
import org.longpo.engine.Scorer;
import org.longpo.engine.TransformersGolden;
import org.longpo.engine.TransformersGolden.Continuation;
import org.longpo.engine.TransformersGolden.Distances;
import org.longpo.engine.TransformersGolden.Errors;
import org.longpo.engine.TransformersParityTest;
import org.longpo.engine.attention.KernelChoice;
import org.longpo.files.Json;
import org.longpo.pipeline.StageRun;
import org.longpo.tensor.DType;
import org.longpo.tensor.Device;
import org.longpo.tensor.Scope;
import tools.jackson.databind.JsonNode;

/**
 * Our half of docs/parity.md, for references/parity.py, which made the checkpoints in the folder's
 * {@code models}: how far we are from transformers on each, and what training exports of it, with
 * our log-probabilities for transformers to be held against.
 */
@Tag("slow")
@EnabledIfSystemProperty(
    named = "longpo.parity",
    matches = ".+",
    disabledReason = "references/parity.py makes the checkpoints and runs this")
class ParityMeasurementTest {
  private static final EngineSettings ENGINE = EngineSettings.defaults(KernelChoice.blocked());

  /** Cuts each of the tiny models into several shards. */
  private static final long SHARD_BYTES = 48_000;

  private final Path folder = Path.of(System.getProperty("longpo.parity", ""));

  /** One model's line of measured.json. */
  record Row(
      String name,
      double logits,
      double logProbs,
      double gradients,
      int greedyTokens,
      boolean greedyEqual,
      double bfloat16Ours,
      double bfloat16Theirs) {}

  @Test
  void shouldStayWithinTheBoundsOnEveryModel() throws IOException {
    List<Path> models;
    try (Stream<Path> folders = Files.list(folder.resolve("models"))) {
      models = folders.sorted().toList();
    }
    List<Row> rows = new ArrayList<>();
    for (Path model : models) {
      rows.add(measure(model));
      export(model);
    }
    Files.writeString(folder.resolve("measured.json"), Json.pretty(rows));
    assertThat(rows).isNotEmpty();
    assertThat(rows)
        .allSatisfy(
            row -> {
              assertThat(row.logits()).isLessThanOrEqualTo(TransformersParityTest.FLOAT32);
              assertThat(row.logProbs()).isLessThanOrEqualTo(TransformersParityTest.FLOAT32);
              assertThat(row.gradients()).isLessThanOrEqualTo(TransformersParityTest.GRADIENTS);
              assertThat(row.greedyEqual()).isTrue();
              assertThat(row.bfloat16Ours())
                  .isLessThan(TransformersParityTest.BFLOAT16 * row.bfloat16Theirs());
            });
  }

  private static Row measure(Path model) {
    TransformersGolden golden = TransformersGolden.read(model);
    Errors float32 = golden.float32(KernelChoice.blocked());
    Distances bfloat16 = golden.bfloat16(KernelChoice.blocked());
    List<Continuation> greedy = golden.greedy(KernelChoice.flash());
    return new Row(
        model.getFileName().toString(),
        float32.logits(),
        float32.logProbs(),
        float32.gradients(),
        greedy.stream().mapToInt(one -> one.theirs().length).sum(),
        greedy.stream().allMatch(Continuation::isEqual),
        bfloat16.ours(),
        bfloat16.theirs());
  }

  /** Trains two epochs, exports, cuts the export into shards and scores the golden's sequences. */
  private void export(Path model) throws IOException {
    String name = model.getFileName().toString();
    StageRun run =
        new StageRun(model, folder.resolve("runs").resolve(name), TinyRun.settings(2, 2));
    run.run(RandomExamples.data(TinyRun.documents()));
    Path sharded = folder.resolve("exports").resolve(name);
    try (Checkpoint exported = Checkpoint.open(run.folder().model())) {
      List<OutputTensor> tensors =
          ExpectedTensors.of(exported.config()).stream()
              .map(expected -> OutputTensor.copyOf(exported.tensor(expected.name())))
              .toList();
      CheckpointWriter.write(
          run.folder().model(),
          ExportSettings.unchanged().withMaxShardBytes(SHARD_BYTES),
          tensors,
          sharded);
    }
    StringBuilder lines = new StringBuilder();
    try (Scope ignored = Scope.open();
        Checkpoint checkpoint = Checkpoint.open(sharded)) {
      LanguageModel exported =
          ModelLoader.frozen(checkpoint, checkpoint.config(), DType.FLOAT32, Device.CPU);
      for (JsonNode sequence : TransformersGolden.read(model).json().get("sequences")) {
        int[] tokens = TransformersGolden.ints(sequence.get("tokens"));
        double[] logProbs =
            new Scorer(exported, ENGINE).logProbs(List.of(tokens), new int[] {1}).getFirst();
        lines.append(Json.line(Map.of("tokens", tokens, "logprobs", logProbs))).append('\n');
      }
    }
    Files.writeString(folder.resolve("exports").resolve(name + ".scores.jsonl"), lines);
  }
}
