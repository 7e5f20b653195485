package org.longpo.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.longpo.checkpoint.ModelConfig;
import org.longpo.checkpoint.SafetensorsFile;
import org.longpo.checkpoint.TensorEntry;
import org.longpo.engine.EngineSettings;
import org.longpo.engine.LanguageModel;
import org.longpo.engine.Parameter;
import org.longpo.engine.RandomModel;
import org.longpo.engine.attention.KernelChoice;
import org.longpo.error.UserError;
import org.longpo.files.AppendLog;
import org.longpo.files.Json;
import org.longpo.progress.Cancellation;
import org.longpo.progress.CancelledException;
import org.longpo.settings.OptionRecords;
import org.longpo.tensor.DType;
import org.longpo.tensor.Scope;
import tools.jackson.databind.JsonNode;

class EvaluationTest {
  /** Four documents are trained on and one is held out; 3 epochs of 2 steps. */
  private static final TrainingSettings SETTINGS =
      OptionRecords.with(
          TinyRun.settings(3, 2),
          "validation",
          new ValidationSettings(0.2, OptionalInt.of(2), true));

  @TempDir Path folder;

  @Test
  void shouldLogLossAndMetricsOfHeldOutDocuments() {
    train(folder, SETTINGS, Cancellation.NEVER);
    List<JsonNode> lines = evaluations(folder);
    assertThat(lines).extracting(line -> line.path("step").asInt()).containsExactly(2, 4, 6);
    for (JsonNode line : lines) {
      assertThat(line.path("eval_loss").asDouble()).isPositive();
      assertThat(line.has("eval_rewards/margins")).isTrue();
      assertThat(line.has("eval_nll")).isTrue();
    }
  }

  @Test
  void shouldReadTheLossThatTrainingReads() {
    try (Scope ignored = Scope.open()) {
      ModelConfig config = RandomModel.config(4, 2, true, false, true, 0);
      LanguageModel model = RandomModel.of(config, RandomModel.weights(config, DType.FLOAT64, 7));
      TrainingStep step =
          new TrainingStep(
              model, SETTINGS.objective(), EngineSettings.defaults(KernelChoice.blocked()));
      TrainingExample example = RandomExamples.tree("d", 3, 3);
      TrainingStep.Outcome evaluated = step.evaluate(example);
      assertThat(model.parameters().values())
          .allMatch(weight -> weight.gradient().square().sum().item() == 0);
      TrainingStep.Outcome trained = step.accumulate(example, 1);
      // The same sums in tiles of other rows.
      assertThat(evaluated.loss()).isCloseTo(trained.loss(), within(1e-12 * trained.loss()));
      assertThat(evaluated.metrics().keySet()).isEqualTo(trained.metrics().keySet());
    }
  }

  @Test
  void shouldHoldOutTheSameDocumentsWhateverTheirOrder() {
    List<TrainingExample> documents = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      documents.add(RandomExamples.tree("document-" + i, i, 1));
    }
    ValidationSettings share = new ValidationSettings(0.1, OptionalInt.empty(), false);
    Set<String> heldOut = heldOut(documents, share, 1);
    assertThat(heldOut).hasSize(4);
    assertThat(heldOut(documents.reversed(), share, 1)).isEqualTo(heldOut);
    assertThat(heldOut(documents, share, 2)).isNotEqualTo(heldOut);
    DataSplit split = DataSplit.of(RandomExamples.data(documents), share, 1);
    assertThat(IntStream.range(0, 36).mapToObj(split.training()::id))
        .hasSize(36)
        .doesNotContainAnyElementsOf(heldOut);
  }

  @Test
  void shouldNeverTrainOnPieceOfFileThatIsHeldOut() {
    List<TrainingExample> pieces = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      pieces.add(RandomExamples.tree("book-" + i % 4 + "/" + i, i, 1));
    }
    for (double share : new double[] {0.05, 0.25, 0.5, 0.9}) {
      for (int seed = 0; seed < 5; seed++) {
        DataSplit split =
            DataSplit.of(
                RandomExamples.data(pieces),
                new ValidationSettings(share, OptionalInt.empty(), false),
                seed);
        assertThat(sources(split.training())).doesNotContainAnyElementsOf(sources(split.heldOut()));
        assertThat(split.training().size() + split.heldOut().size()).isEqualTo(40);
        // Ten pieces each: 2 and 36 of 40 are one file and three.
        assertThat(split.heldOut().size()).isEqualTo(share == 0.05 ? 10 : 10 * (int) (share * 4));
      }
    }
  }

  @Test
  void shouldTellWhatIsHeldOutAndWarnWhereItIsFarMoreThanTheShare() {
    List<TrainingExample> pieces = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      pieces.add(RandomExamples.tree("book-" + i % 2 + "/" + i, i, 1));
    }
    assertThat(sentences(pieces, 0.05))
        .hasSize(2)
        .first()
        .asString()
        .contains("eval_share 0.05", "10 of 20 documents", "1 of 2 source texts");
    assertThat(sentences(pieces, 0.05)).last().asString().contains("50.0 %", "not 5 %");
    // Exactly twice the share is not more.
    assertThat(sentences(pieces, 0.25)).hasSize(1);
    assertThat(sentences(pieces, 0.5)).hasSize(1);
    assertThat(sentences(pieces, 0)).isEmpty();
  }

  private static List<String> sentences(List<TrainingExample> documents, double share) {
    ValidationSettings settings = new ValidationSettings(share, OptionalInt.empty(), false);
    return DataSplit.of(RandomExamples.data(documents), settings, 1).sentences(settings);
  }

  @Test
  void shouldRefuseToSplitOneFile() {
    List<TrainingExample> pieces =
        List.of(RandomExamples.tree("book/1", 1, 1), RandomExamples.tree("book/2", 2, 1));
    ValidationSettings share = new ValidationSettings(0.5, OptionalInt.empty(), false);
    assertThatThrownBy(() -> DataSplit.of(RandomExamples.data(pieces), share, 1))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("all 2 documents")
        .hasMessageContaining("eval_share 0");
  }

  private static Set<String> sources(TrainingData data) {
    Set<String> sources = new HashSet<>();
    for (int i = 0; i < data.size(); i++) {
      sources.add(data.source(i));
    }
    return sources;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14})
  void shouldEndWithSameBytesWhenStoppedInTrainingOrEvaluation(int documentsBefore)
      throws IOException {
    // Checkpoints at 3 and 6 are due, those at 2 and 4 are made if they are the best.
    TrainingSettings settings = saving(SETTINGS, 3);
    Path whole = folder.resolve("whole");
    train(whole, settings, Cancellation.NEVER);
    Path stopped = folder.resolve("stopped");
    AtomicInteger asked = new AtomicInteger();
    assertThatThrownBy(
            () -> train(stopped, settings, () -> asked.incrementAndGet() > documentsBefore))
        .isInstanceOf(CancelledException.class);
    train(stopped, settings, Cancellation.NEVER);
    assertThat(TinyRun.bytes(stopped)).isEqualTo(TinyRun.bytes(whole));
  }

  @Test
  void shouldKeepBestCheckpointBesideLastOnesAndLoadIt() throws IOException {
    // At this rate the loss on what is held out is at its lowest early.
    TrainingSettings settings =
        OptionRecords.with(TinyRun.settings(8, 2), "validation", SETTINGS.validation());
    try (Scope ignored = Scope.open()) {
      LanguageModel model = TinyRun.model(settings, DType.FLOAT32);
      TinyRun.train(model, folder, TinyRun.documents(), settings, Cancellation.NEVER);
      int best =
          evaluations(folder).stream()
              .min(Comparator.comparingDouble(line -> line.path("eval_loss").asDouble()))
              .orElseThrow()
              .path("step")
              .asInt();
      assertThat(best).isLessThan(15);
      try (Stream<Path> kept = Files.list(folder.resolve("checkpoints"))) {
        assertThat(kept.map(path -> path.getFileName().toString()))
            .containsExactlyInAnyOrder("checkpoint-" + best, "checkpoint-15", "checkpoint-16");
      }
      try (SafetensorsFile stored =
          SafetensorsFile.open(
              folder.resolve("checkpoints/checkpoint-" + best + "/model.safetensors"))) {
        for (Parameter weight : model.trainedParameters()) {
          TensorEntry entry = Objects.requireNonNull(stored.tensors().get(weight.name()));
          assertThat(entry.data().mismatch(weight.value().memory())).isEqualTo(-1);
        }
      }
    }
  }

  @Test
  void shouldNotCallWeightsTheBestWhoseLossIsNotFinite() {
    List<TrainingExample> documents = TinyRun.documents();
    String heldOut = heldOut(documents, SETTINGS.validation(), SETTINGS.seed()).iterator().next();
    documents.stream().filter(d -> d.id().equals(heldOut)).forEach(RandomExamples::spoil);
    TinyRun.train(folder, documents, SETTINGS, DType.FLOAT32, Cancellation.NEVER);
    assertThat(evaluations(folder)).hasSize(3).noneMatch(line -> line.has("eval_loss"));
    assertThat(folder.resolve("checkpoints/checkpoint-6")).isDirectory();
  }

  @Test
  void shouldRefuseSettingsThatCannotHold() {
    assertThatThrownBy(() -> new ValidationSettings(0, OptionalInt.of(2), false))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("eval_share");
    assertThatThrownBy(() -> new ValidationSettings(0, OptionalInt.empty(), true))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("load_best_model_at_end");
    assertThatThrownBy(() -> new ValidationSettings(0.9, OptionalInt.empty(), false).heldOut(2))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("leaves none to train on");
  }

  private static TrainingSettings saving(TrainingSettings s, int saveSteps) {
    return OptionRecords.with(s, "save_steps", saveSteps);
  }

  private static Set<String> heldOut(
      List<TrainingExample> documents, ValidationSettings share, long seed) {
    TrainingData part = DataSplit.of(RandomExamples.data(documents), share, seed).heldOut();
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < part.size(); i++) {
      ids.add(part.id(i));
    }
    return ids;
  }

  private static void train(Path run, TrainingSettings settings, Cancellation cancellation) {
    TinyRun.train(run, TinyRun.documents(), settings, DType.FLOAT32, cancellation);
  }

  private static List<JsonNode> evaluations(Path run) {
    return AppendLog.readLines(new TrainingFolder(run).evaluations()).stream()
        .map(line -> Json.parse(line, JsonNode.class, "evaluations"))
        .toList();
  }
}
