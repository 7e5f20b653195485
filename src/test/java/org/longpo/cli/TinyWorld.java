package org.longpo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.longpo.checkpoint.ElementType;
import org.longpo.checkpoint.ExpectedTensors;
import org.longpo.checkpoint.ModelConfig;
import org.longpo.checkpoint.OutputTensor;
import org.longpo.checkpoint.SafetensorsWriter;

/** A model folder with random weights, a real tokenizer and a chat template, and texts for it. */
final class TinyWorld {
  private static final Path TOKENIZER = Path.of("src/test/resources/text/byte_level_qwen");
  private static final Path TEMPLATE = Path.of("src/test/resources/text/templates/chatml.jinja");
  private static final String CONFIG =
      """
      {"architectures": ["LlamaForCausalLM"], "model_type": "llama", "hidden_size": 32,
       "intermediate_size": 48, "num_hidden_layers": 2, "num_attention_heads": 4,
       "num_key_value_heads": 2, "vocab_size": 426, "max_position_embeddings": 128,
       "rms_norm_eps": 1e-05, "rope_theta": 10000.0, "tie_word_embeddings": true,
       "torch_dtype": "float32", "eos_token_id": 422}
      """;
  private static final String[] WORDS = {
    "gardener", "sailor", "garden", "neighbour", "painted", "wrote", "about", "every", "then", "old"
  };

  private TinyWorld() {}

  static void writeModel(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("config.json"), CONFIG);
    for (String name : List.of("tokenizer.json", "tokenizer_config.json")) {
      // A random model writes every token now and then, and none of it is reasoning.
      Files.writeString(
          folder.resolve(name),
          Files.readString(TOKENIZER.resolve(name)).replace("think>", "draft>"));
    }
    Files.copy(TEMPLATE, folder.resolve("chat_template.jinja"));
    Random random = new Random(4);
    List<OutputTensor> tensors = new ArrayList<>();
    for (var expected : ExpectedTensors.of(ModelConfig.read(folder))) {
      boolean isNorm = expected.name().contains("norm");
      int elements =
          (int) expected.dimensions().stream().mapToLong(d -> d).reduce(1, (a, b) -> a * b);
      float[] values = new float[elements];
      for (int i = 0; i < elements; i++) {
        values[i] = isNorm ? 1 : (float) (0.1 * random.nextGaussian());
      }
      tensors.add(
          new OutputTensor(
              expected.name(),
              ElementType.F32,
              expected.dimensions(),
              sink -> {
                try (Arena arena = Arena.ofConfined()) {
                  MemorySegment bytes = arena.allocateFrom(ValueLayout.JAVA_FLOAT, values);
                  sink.accept(bytes);
                }
              }));
    }
    SafetensorsWriter.write(folder.resolve("model.safetensors"), tensors);
  }

  /** Paragraphs of random sentences. */
  static void writeDocuments(Path folder, int documents, int paragraphs) throws IOException {
    Files.createDirectories(folder);
    Random random = new Random(9);
    for (int d = 0; d < documents; d++) {
      StringBuilder text = new StringBuilder();
      for (int p = 0; p < paragraphs; p++) {
        for (int s = 0; s < 3; s++) {
          text.append("The");
          for (int w = 0; w < 5 + random.nextInt(4); w++) {
            text.append(' ').append(WORDS[random.nextInt(WORDS.length)]);
          }
          text.append(". ");
        }
        text.append("\n\n");
      }
      Files.writeString(folder.resolve("document-" + d + ".txt"), text.toString());
    }
  }

  /**
   * {@code model}, {@code documents} and {@code pairs} in a folder: one row of two pairs per
   * document, rejected answers under another theta.
   */
  static void writePairs(Path folder, int documents, String... more) throws IOException {
    writeModel(folder.resolve("model"));
    writeDocuments(folder.resolve("documents"), documents, 20);
    Files.writeString(folder.resolve("instructions.txt"), "What happened?\nWho was it?\n");
    Arguments command =
        generate(folder, folder.resolve("pairs")).with("--max-documents", documents);
    command.and(more.length == 0 ? new String[] {"--length", "320"} : more);
    KilledProcess.Result result = KilledProcess.inProcess(command.list());
    assertThat(result.exitCode()).as(result.err()).isZero();
  }

  /**
   * Pairs from {@code model}, {@code documents} and {@code instructions.txt} of a folder: two per
   * document, rejected answers under another theta.
   */
  static Arguments generate(Path folder, Path out) {
    return Arguments.of("generate")
        .with("--model", folder.resolve("model"))
        .with("--documents", folder.resolve("documents"))
        .with("--instructions", folder.resolve("instructions.txt"))
        .with("--out", out)
        .with("--temperature", 1)
        .with("--max-new-tokens", 24)
        .with("--pairs-per-document", 2)
        .with("--rope-theta", 40000);
  }
}
