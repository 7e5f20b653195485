package org.longpo.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.longpo.checkpoint.ExpectedTensors.ExpectedTensor;
import org.longpo.error.UserError;

class CheckpointTest {
  private static final String CONFIG = TinyModel.llamaConfig("");
  private static final String TIED = TinyModel.llamaConfig(", \"tie_word_embeddings\": true");

  @TempDir Path temporary;

  private Path model() {
    return TinyModel.write(temporary.resolve("model"), CONFIG);
  }

  @Test
  void shouldOpenSingleFile() {
    try (Checkpoint checkpoint = Checkpoint.open(model())) {
      assertThat(checkpoint.names()).hasSize(1 + 2 * 9 + 2);
      assertThat(checkpoint.tensor("model.layers.1.self_attn.k_proj.weight").shape())
          .containsExactly(4, 8);
    }
  }

  /** It is requested several times, and reads all weights. */
  @Test
  void shouldComputeFingerprintOnce() {
    try (Checkpoint checkpoint = Checkpoint.open(model())) {
      List<String> taken =
          IntStream.range(0, 8).parallel().mapToObj(i -> checkpoint.sha256()).toList();
      assertThat(taken).allSatisfy(one -> assertThat(one).isSameAs(taken.getFirst()));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = ElementType.class,
      names = {"F64", "F32", "F16", "BF16"})
  void shouldHaveTypeOfWeightsWhereConfigurationNamesNone(ElementType type) throws IOException {
    Path folder = model();
    List<OutputTensor> tensors = new ArrayList<>(TinyModel.tensors(CONFIG, type));
    // One of another type, as norms often are.
    tensors.removeIf(tensor -> tensor.name().equals("model.norm.weight"));
    tensors.add(
        TinyModel.random(new ExpectedTensor("model.norm.weight", List.of(8L)), ElementType.F32));
    rewrite(folder, tensors);
    try (Checkpoint checkpoint = Checkpoint.open(folder)) {
      assertThat(checkpoint.config().dtype()).isEmpty();
      assertThat(checkpoint.dtype()).isEqualTo(type);
    }
    Path config = folder.resolve("config.json");
    Files.writeString(
        config, Files.readString(config).replaceFirst("\\{", "{\"dtype\": \"float16\","));
    try (Checkpoint checkpoint = Checkpoint.open(folder)) {
      assertThat(checkpoint.dtype()).isEqualTo(ElementType.F16);
    }
  }

  @Test
  void shouldOpenShardsAsOneAndKeepFingerprint() {
    Path single = model();
    Path sharded = temporary.resolve("sharded");
    CheckpointWriter.write(
        single,
        ExportSettings.unchanged().withMaxShardBytes(1000),
        TinyModel.tensors(CONFIG, ElementType.F32),
        sharded);

    try (Checkpoint one = Checkpoint.open(single);
        Checkpoint many = Checkpoint.open(sharded)) {
      assertThat(Files.exists(sharded.resolve("model.safetensors"))).isFalse();
      assertThat(many.names()).isEqualTo(one.names());
      for (String name : one.names()) {
        assertThat(many.tensor(name).data().mismatch(one.tensor(name).data())).isEqualTo(-1);
      }
      assertThat(many.sha256()).isEqualTo(one.sha256()).hasSize(64);
      assertThat(many.bytes()).isEqualTo(one.bytes());
    }
  }

  @Test
  void shouldChangeFingerprintWithOneBit() throws IOException {
    String before;
    try (Checkpoint checkpoint = Checkpoint.open(model())) {
      before = checkpoint.sha256();
    }
    Path weights = temporary.resolve("model/model.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    bytes[bytes.length - 1] ^= 1;
    Files.write(weights, bytes);

    try (Checkpoint checkpoint = Checkpoint.open(temporary.resolve("model"))) {
      assertThat(checkpoint.sha256()).isNotEqualTo(before);
    }
  }

  @Test
  void shouldNameMissingTensor() throws IOException {
    Path folder = model();
    rewrite(folder, without(TinyModel.tensors(CONFIG, ElementType.F32), "model.norm.weight"));
    assertRefused(folder, "lack the tensor model.norm.weight, which config.json requires");
  }

  @Test
  void shouldCountFurtherMissingTensors() throws IOException {
    Path folder = model();
    Files.writeString(folder.resolve("config.json"), CONFIG.replace("layers\": 2", "layers\": 3"));
    assertRefused(folder, "model.layers.2.self_attn.q_proj.weight and 8 more");
  }

  @Test
  void shouldNameTensorOfWrongShape() throws IOException {
    Path folder = model();
    Files.writeString(
        folder.resolve("config.json"), CONFIG.replace("\"vocab_size\": 10", "\"vocab_size\": 11"));
    assertRefused(folder, "model.embed_tokens.weight");
    assertRefused(folder, "has the shape [10, 8], but config.json requires [11, 8]");
  }

  @Test
  void shouldRefuseWeightsThatAreNotFloatingPoint() throws IOException {
    Path folder = model();
    rewrite(folder, TinyModel.tensors(CONFIG, ElementType.I32));
    assertRefused(folder, "element type I32, expected F64, F32, F16 or BF16");
  }

  @Test
  void shouldIgnoreTensorsWithoutUse() throws IOException {
    Path folder = model();
    List<OutputTensor> tensors = new ArrayList<>(TinyModel.tensors(CONFIG, ElementType.F32));
    String extra = "model.layers.0.self_attn.rotary_emb.inv_freq";
    tensors.add(TinyModel.random(new ExpectedTensor(extra, List.of(2L)), ElementType.F32));
    rewrite(folder, tensors);

    try (Checkpoint checkpoint = Checkpoint.open(folder)) {
      assertThat(checkpoint.names()).hasSize(1 + 2 * 9 + 2 + 1).contains(extra);
    }
  }

  @Test
  void shouldUntieHeadThatDiffersFromEmbedding() throws IOException {
    Path folder = TinyModel.write(temporary.resolve("model"), TIED);
    try (Checkpoint checkpoint = Checkpoint.open(folder)) {
      assertThat(checkpoint.config().tiedEmbeddings()).isTrue();
    }
    rewrite(folder, TinyModel.tensors(CONFIG, ElementType.F32));
    try (Checkpoint checkpoint = Checkpoint.open(folder)) {
      assertThat(checkpoint.config().tiedEmbeddings()).isFalse();
    }
  }

  @Test
  void shouldTieHeadThatEqualsEmbedding() throws IOException {
    Path folder = TinyModel.write(temporary.resolve("model"), TIED);
    List<OutputTensor> tensors = new ArrayList<>(TinyModel.tensors(TIED, ElementType.F32));
    tensors.add(renamed(tensors.getFirst(), ExpectedTensors.HEAD));
    rewrite(folder, tensors);
    try (Checkpoint checkpoint = Checkpoint.open(folder)) {
      assertThat(checkpoint.config().tiedEmbeddings()).isTrue();
      assertThat(checkpoint.names()).doesNotContain(ExpectedTensors.HEAD);
    }
  }

  @Test
  void shouldReadTiedEmbeddingStoredAsHead() throws IOException {
    Path folder = TinyModel.write(temporary.resolve("model"), TIED);
    List<OutputTensor> tensors = new ArrayList<>(TinyModel.tensors(TIED, ElementType.F32));
    tensors.set(0, renamed(tensors.getFirst(), ExpectedTensors.HEAD));
    rewrite(folder, tensors);
    try (Checkpoint checkpoint = Checkpoint.open(folder)) {
      assertThat(checkpoint.tensor(ExpectedTensors.EMBEDDING).shape()).containsExactly(10, 8);
    }
  }

  @Test
  void shouldNameTheWeightsThatAreRead() throws IOException {
    Path folder = model();
    Files.move(folder.resolve("model.safetensors"), folder.resolve("pytorch_model.bin"));
    assertRefused(folder, "has neither model.safetensors nor model.safetensors.index.json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../outside.safetensors", "/etc/passwd", "sub/x.safetensors", "..", ".", ""})
  void shouldRefuseIndexThatLeavesFolder(String name) throws IOException {
    Path folder = model();
    TinyModel.write(temporary, CONFIG);
    Files.move(temporary.resolve("model.safetensors"), temporary.resolve("outside.safetensors"));
    writeIndex(folder, "{\"weight_map\": {\"model.norm.weight\": \"" + name + "\"}}");

    assertRefused(folder, "would lead out of the folder");
  }

  @Test
  void shouldRefuseIndexThatIsNone() throws IOException {
    Path folder = model();
    writeIndex(folder, "{}");
    assertRefused(folder, "has no weight_map");
    writeIndex(folder, "{\"weight_map\": {\"model.norm.weight\": 7}}");
    assertRefused(folder, "names no file for the tensor model.norm.weight");
    writeIndex(folder, "{\"weight_map\": {\"a\": \"x\", \"a\": \"y\"}}");
    assertRefused(folder, "Duplicate");
    writeIndex(folder, "{\"weight_map\":".repeat(100_000));
    assertRefused(folder, "model.safetensors.index.json: Document nesting depth");
  }

  @Test
  void shouldRefuseIndexOfMissingShardOrTensor() throws IOException {
    Path folder = model();
    Files.move(folder.resolve("model.safetensors"), folder.resolve("other.safetensors"));
    writeIndex(folder, "{\"weight_map\": {\"model.norm.weight\": \"shard.safetensors\"}}");
    assertRefused(folder, "has no shard.safetensors");
    writeIndex(folder, "{\"weight_map\": {\"model.nose.weight\": \"other.safetensors\"}}");
    assertRefused(folder, "lacks the tensor model.nose.weight");
  }

  @Test
  void shouldRefuseShardThatIsALinkOutOfTheFolder() throws IOException {
    Path folder = model();
    Path outside = temporary.resolve("outside.safetensors");
    Files.move(folder.resolve("model.safetensors"), outside);
    Files.createSymbolicLink(folder.resolve("shard.safetensors"), outside);
    writeIndex(folder, "{\"weight_map\": {\"model.norm.weight\": \"shard.safetensors\"}}");
    assertRefused(folder, "shard.safetensors leads out of the model folder");
  }

  private static void writeIndex(Path folder, String json) throws IOException {
    Files.deleteIfExists(folder.resolve("model.safetensors"));
    Files.writeString(folder.resolve("model.safetensors.index.json"), json);
  }

  private static void rewrite(Path folder, List<OutputTensor> tensors) throws IOException {
    Path weights = folder.resolve("model.safetensors");
    Files.delete(weights);
    SafetensorsWriter.write(weights, tensors);
  }

  private static List<OutputTensor> without(List<OutputTensor> tensors, String name) {
    return tensors.stream().filter(tensor -> !tensor.name().equals(name)).toList();
  }

  private static OutputTensor renamed(OutputTensor tensor, String name) {
    return new OutputTensor(name, tensor.type(), tensor.dimensions(), tensor.content());
  }

  private static void assertRefused(Path folder, String reason) {
    assertThatThrownBy(() -> Checkpoint.open(folder))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(reason);
  }
}
