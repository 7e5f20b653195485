package org.longpo.checkpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.longpo.checkpoint.ExpectedTensors.ExpectedTensor;
import org.longpo.files.Json;
import tools.jackson.databind.JsonNode;

/** Folders with tiny models of random bits, for tests that only move bytes. */
final class TinyModel {
  private TinyModel() {}

  /** A Llama's config.json; {@code more} is appended to its keys, such as {@code , "a": 1}. */
  static String llamaConfig(String more) {
    return """
    {"architectures": ["LlamaForCausalLM"], "model_type": "llama", "vocab_size": 10,
     "hidden_size": 8, "intermediate_size": 12, "num_hidden_layers": 2,
     "num_attention_heads": 2, "num_key_value_heads": 1, "max_position_embeddings": 64%s}
    """
        .formatted(more);
  }

  /** The same of a Gemma 3, whose layers slide and do not slide in turn. */
  static String gemma3Config(String more) {
    return """
    {"architectures": ["Gemma3ForCausalLM"], "model_type": "gemma3_text", "vocab_size": 10,
     "hidden_size": 8, "intermediate_size": 12, "num_hidden_layers": 2, "head_dim": 4,
     "num_attention_heads": 2, "num_key_value_heads": 1, "max_position_embeddings": 64,
     "query_pre_attn_scalar": 4, "sliding_window": 16, "sliding_window_pattern": 2%s}
    """
        .formatted(more);
  }

  /** Writes config.json and one model.safetensors. */
  static Path write(Path folder, String config) {
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("config.json"), config);
      SafetensorsWriter.write(
          folder.resolve("model.safetensors"), tensors(config, ElementType.F32));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every weight of the model, with seeded random bits. */
  static List<OutputTensor> tensors(String config, ElementType type) {
    ModelConfig read = ModelConfigReader.parse(Json.parse(config, JsonNode.class, "test"), "test");
    return ExpectedTensors.of(read).stream().map(tensor -> random(tensor, type)).toList();
  }

  static OutputTensor random(ExpectedTensor tensor, ElementType type) {
    return new OutputTensor(
        tensor.name(),
        type,
        tensor.dimensions(),
        sink -> {
          long elements = tensor.dimensions().stream().reduce(1L, Math::multiplyExact);
          byte[] bytes = new byte[Math.toIntExact(elements * type.bytes())];
          new Random(tensor.name().hashCode()).nextBytes(bytes);
          // Without the highest bit of its exponent a number is finite.
          for (int last = type.bytes() - 1; last < bytes.length; last += type.bytes()) {
            bytes[last] &= (byte) 0xBF;
          }
          sink.accept(MemorySegment.ofArray(bytes));
        });
  }

  /** Exports a folder with its own weights. */
  static Path export(Path source, ExportSettings settings, Path target) {
    try (Checkpoint checkpoint = Checkpoint.open(source)) {
      List<OutputTensor> tensors =
          ExpectedTensors.of(checkpoint.config()).stream()
              .map(expected -> OutputTensor.copyOf(checkpoint.tensor(expected.name())))
              .toList();
      CheckpointWriter.write(source, settings, tensors, target);
    }
    return target;
  }
}
