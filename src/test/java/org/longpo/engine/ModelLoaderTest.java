package org.longpo.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.longpo.checkpoint.Checkpoint;
import org.longpo.checkpoint.ElementType;
import org.longpo.checkpoint.OutputTensor;
import org.longpo.checkpoint.SafetensorsWriter;
import org.longpo.checkpoint.TensorEntry;
import org.longpo.tensor.DType;
import org.longpo.tensor.Device;
import org.longpo.tensor.Scope;
import org.longpo.tensor.Tensor;

class ModelLoaderTest {
  private static final Path LLAMA = Path.of("src/test/resources/models/llama");

  @TempDir Path folder;

  static Stream<ElementType> storedTypes() {
    return Arrays.stream(ElementType.values()).filter(ElementType::isFloatingPoint);
  }

  @ParameterizedTest
  @MethodSource("storedTypes")
  void shouldLoadEveryStoredType(ElementType stored) throws IOException {
    rewrite(stored, List.of());
    try (Scope ignored = Scope.open();
        Checkpoint source = Checkpoint.open(LLAMA);
        Checkpoint checkpoint = Checkpoint.open(folder)) {
      LanguageModel frozen =
          ModelLoader.frozen(checkpoint, checkpoint.config(), DType.FLOAT32, Device.CPU);
      LanguageModel trainable =
          ModelLoader.trainable(checkpoint, checkpoint.config(), DType.FLOAT32, Device.CPU);
      assertThat(frozen.parameters()).hasSameSizeAs(checkpoint.names());
      frozen
          .parameters()
          .forEach(
              (name, parameter) -> {
                // Rounding to the stored type is all that happened to the source's float32.
                double[] expected =
                    tensor(source.tensor(name), ElementType.F32)
                        .to(ModelLoader.dtypeOf(stored))
                        .to(DType.FLOAT32)
                        .toDoubles();
                assertThat(parameter.value().toDoubles()).as(name).isEqualTo(expected);
                assertThat(
                        java.util.Objects.requireNonNull(trainable.parameters().get(name))
                            .value()
                            .toDoubles())
                    .as(name)
                    .isEqualTo(expected);
              });
    }
  }

  @Test
  void shouldLoadEmptyTensorsBesideTheModels() throws IOException {
    rewrite(
        ElementType.F32,
        List.of(
            new OutputTensor("empty", ElementType.BF16, List.of(4L, 0L, 2L), sink -> {}),
            new OutputTensor("none", ElementType.F32, List.of(0L), sink -> {})));
    try (Scope ignored = Scope.open();
        Checkpoint checkpoint = Checkpoint.open(folder)) {
      assertThat(checkpoint.names()).contains("empty", "none");
      assertThat(tensor(checkpoint.tensor("empty"), ElementType.BF16).shape())
          .containsExactly(4, 0, 2);
      assertThat(tensor(checkpoint.tensor("none"), ElementType.F32).elements()).isZero();
      assertThat(
              ModelLoader.frozen(checkpoint, checkpoint.config(), DType.FLOAT32, Device.CPU)
                  .parameters())
          .doesNotContainKey("empty");
    }
  }

  private void rewrite(ElementType stored, List<OutputTensor> more) throws IOException {
    Files.copy(LLAMA.resolve("config.json"), folder.resolve("config.json"));
    try (Scope ignored = Scope.open();
        Checkpoint source = Checkpoint.open(LLAMA)) {
      List<OutputTensor> tensors = new ArrayList<>(more);
      for (String name : source.names()) {
        TensorEntry entry = source.tensor(name);
        Tensor converted = tensor(entry, ElementType.F32).to(ModelLoader.dtypeOf(stored));
        tensors.add(
            new OutputTensor(
                name, stored, entry.dimensions(), sink -> sink.accept(converted.memory())));
      }
      SafetensorsWriter.write(folder.resolve("model.safetensors"), tensors);
    }
  }

  private static Tensor tensor(TensorEntry entry, ElementType type) {
    return Tensor.ofMemory(entry.data(), ModelLoader.dtypeOf(type), entry.shape());
  }
}
