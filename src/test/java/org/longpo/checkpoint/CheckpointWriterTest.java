package org.longpo.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.longpo.error.UserError;
import org.longpo.files.Json;
import tools.jackson.databind.JsonNode;

class CheckpointWriterTest {
  private static final String CONFIG = TinyModel.llamaConfig("");

  @TempDir Path temporary;

  @Test
  void shouldWriteTheReferencesBytes() throws Exception {
    Path golden = Path.of(getClass().getResource("all-types.safetensors").toURI());
    Path copy = temporary.resolve("copy.safetensors");
    try (SafetensorsFile opened = SafetensorsFile.open(golden)) {
      List<OutputTensor> reversed =
          new ArrayList<>(opened.tensors().values().stream().map(OutputTensor::copyOf).toList())
              .reversed();
      SafetensorsWriter.write(copy, reversed);
    }
    assertThat(Files.readAllBytes(copy)).isEqualTo(Files.readAllBytes(golden));
  }

  static List<Path> modelsSavedByTransformers() throws Exception {
    Path models = Path.of(CheckpointWriterTest.class.getResource("/models").toURI());
    try (Stream<Path> folders = Files.list(models)) {
      return folders.filter(f -> Files.exists(f.resolve("model.safetensors"))).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("modelsSavedByTransformers")
  void shouldWriteTransformersBytesForEveryFamily(Path source) {
    Path target = export(source, ExportSettings.unchanged(), "target");
    for (String name : List.of("model.safetensors", "config.json")) {
      assertThat(target.resolve(name)).hasSameBinaryContentAs(source.resolve(name));
    }
  }

  @Test
  void shouldCarryEverythingOverByteForByte() throws IOException {
    Path source = TinyModel.write(temporary.resolve("source"), CONFIG);
    List<String> carried =
        List.of("generation_config.json", "tokenizer.json", "chat_template.jinja", "merges.txt");
    for (String name : carried) {
      Files.writeString(source.resolve(name), "  bytes of " + name + " \r\n");
    }
    Path templates = Files.createDirectory(source.resolve("additional_chat_templates"));
    Files.writeString(templates.resolve("tool_use.jinja"), "{{ messages }}");
    Files.writeString(source.resolve("notes.txt"), "not part of the model");

    Path target = export(source, ExportSettings.unchanged(), "target");

    for (String name : carried) {
      assertThat(Files.readAllBytes(target.resolve(name)))
          .isEqualTo(Files.readAllBytes(source.resolve(name)));
    }
    assertThat(target.resolve("additional_chat_templates/tool_use.jinja"))
        .hasContent("{{ messages }}");
    assertThat(target.resolve("notes.txt")).doesNotExist();
    assertThat(target.resolve("config.json")).hasContent(CONFIG);
    assertThat(target.resolve("model.safetensors"))
        .hasSameBinaryContentAs(source.resolve("model.safetensors"));
    assertThat(temporary.resolve("target.tmp")).doesNotExist();
  }

  @Test
  void shouldCutShardsAsHuggingFaceDoes() throws IOException {
    Path source = TinyModel.write(temporary.resolve("source"), CONFIG);
    // An MLP matrix takes 384 bytes, the embedding 320, a q projection 256, a norm 32.
    Path target = export(source, ExportSettings.unchanged().withMaxShardBytes(700), "target");

    JsonNode index = Json.read(target.resolve("model.safetensors.index.json"), JsonNode.class);
    long bytes = 0;
    try (Checkpoint checkpoint = Checkpoint.open(target)) {
      bytes = checkpoint.bytes();
      assertThat(index.at("/metadata/total_size").longValue()).isEqualTo(bytes);
      assertThat(index.at("/metadata/total_parameters").longValue()).isEqualTo(bytes / 4);
      assertThat(index.get("weight_map").propertyNames())
          .containsExactlyElementsOf(checkpoint.names());
    }
    List<Path> shards;
    try (Stream<Path> files = Files.list(target)) {
      shards = files.filter(f -> f.toString().endsWith(".safetensors")).sorted().toList();
    }
    assertThat(shards.getFirst().getFileName().toString())
        .isEqualTo("model-00001-of-%05d.safetensors".formatted(shards.size()));
    for (Path shard : shards) {
      try (SafetensorsFile file = SafetensorsFile.open(shard)) {
        assertThat(file.metadata()).containsEntry("format", "pt");
        assertThat(file.tensors().values().stream().mapToLong(t -> t.data().byteSize()).sum())
            .isBetween(1L, 700L);
      }
    }
  }

  @Test
  void shouldGiveTensorBeyondShardSizeAFileOfItsOwn() {
    Path source = TinyModel.write(temporary.resolve("source"), CONFIG);
    Path target = export(source, ExportSettings.unchanged().withMaxShardBytes(1), "target");
    try (Checkpoint checkpoint = Checkpoint.open(target);
        Stream<Path> files = Files.list(target)) {
      assertThat(files.filter(f -> f.toString().endsWith(".safetensors")))
          .hasSize(checkpoint.names().size());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void shouldWriteTheSameBytesTwice() throws IOException {
    Path source = TinyModel.write(temporary.resolve("source"), CONFIG);
    ExportSettings settings =
        ExportSettings.unchanged()
            .withMaxShardBytes(900)
            .withRope(new RopeSettings(5e6, new RopeScaling.Linear(2)));
    Path one = export(source, settings, "one");
    Path two = export(source, settings, "two");
    try (Stream<Path> files = Files.list(one)) {
      for (Path file : files.toList()) {
        assertThat(two.resolve(file.getFileName())).hasSameBinaryContentAs(file);
      }
    }
  }

  @Test
  void shouldCreateNoFolderWhenATensorFails() {
    Path source = TinyModel.write(temporary.resolve("source"), CONFIG);
    List<OutputTensor> tensors = new ArrayList<>(TinyModel.tensors(CONFIG, ElementType.F32));
    OutputTensor last = tensors.removeLast();
    tensors.add(
        new OutputTensor(
            last.name(),
            last.type(),
            last.dimensions(),
            sink -> sink.accept(MemorySegment.ofArray(new byte[3]))));
    Path target = temporary.resolve("target");

    assertThatThrownBy(
            () -> CheckpointWriter.write(source, ExportSettings.unchanged(), tensors, target))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("gave 3 bytes");
    assertThat(target).doesNotExist();
    // The next attempt clears what the failed one left.
    assertThat(export(source, ExportSettings.unchanged(), "target")).isDirectory();
  }

  @Test
  void shouldRefuseExistingTargetAndIncompleteModel() {
    Path source = TinyModel.write(temporary.resolve("source"), CONFIG);
    assertThatThrownBy(() -> export(source, ExportSettings.unchanged(), "source"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("exists already");
    List<OutputTensor> incomplete = TinyModel.tensors(CONFIG, ElementType.F32).subList(0, 3);
    assertThatThrownBy(
            () ->
                CheckpointWriter.write(
                    source, ExportSettings.unchanged(), incomplete, temporary.resolve("target")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldRefuseToCarryOverFileFromElsewhere() throws IOException {
    Path source = TinyModel.write(temporary.resolve("source"), CONFIG);
    Path secret = Files.writeString(temporary.resolve("secret"), "secret");
    Files.createSymbolicLink(source.resolve("tokenizer.json"), secret);
    assertThatThrownBy(() -> export(source, ExportSettings.unchanged(), "target"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("leads out");
  }

  private Path export(Path source, ExportSettings settings, String name) {
    return TinyModel.export(source, settings, temporary.resolve(name));
  }
}
