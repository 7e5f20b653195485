package org.longpo.cli;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.longpo.checkpoint.ElementType;
import org.longpo.checkpoint.ExpectedTensors;
import org.longpo.checkpoint.ExpectedTensors.ExpectedTensor;
import org.longpo.checkpoint.ModelConfig;
import org.longpo.checkpoint.OutputTensor;
import org.longpo.checkpoint.SafetensorsWriter;
import org.longpo.text.LetterTokenizer;

/**
 * A model that always reasons before it writes one of two sentences, each as likely as the other,
 * unless its template closes the block for it. A token alone determines the next one: attention and
 * the feed-forward layer add nothing, and the head turns a token's embedding into its successor.
 */
final class ThinkingWorld {
  static final String REASONING = "I should say that ";
  static final String FIRST = "1. Who ran home so late?";
  static final String SECOND = "1. Where was mother then?";

  static final String SWITCHED =
      "{% for m in messages %}{{ m.content }}{% endfor %}<|go|>{% if enable_thinking is defined and"
          + " enable_thinking is false %}<think></think>{% endif %}";
  static final String OPENING = "{% for m in messages %}{{ m.content }}{% endfor %}<|go|><think>";
  static final String DEAF = "{% for m in messages %}{{ m.content }}{% endfor %}<|go|>";

  private static final int WIDTH = 64;

  /** Far enough above the other logits, which are about 0, that nothing else is ever drawn. */
  private static final float LOGIT = 3;

  private ThinkingWorld() {}

  static void write(Path folder, String template) throws IOException {
    write(folder, template, "</think>");
  }

  /**
   * @param afterReasoning {@code </s>} for a model that never begins an answer
   */
  static void write(Path folder, String template, String afterReasoning) throws IOException {
    Map<String, Boolean> added = new LinkedHashMap<>();
    added.put("</s>", true);
    added.put("<|go|>", true);
    added.put("<think>", false);
    added.put("</think>", false);
    List.of(REASONING, FIRST, SECOND).forEach(text -> added.put(text, false));
    Map<String, Integer> ids = LetterTokenizer.write(folder, added);
    Files.writeString(folder.resolve("chat_template.jinja"), template);
    Files.writeString(
        folder.resolve("config.json"),
        """
        {"architectures": ["LlamaForCausalLM"], "model_type": "llama", "hidden_size": %d,
         "intermediate_size": 8, "num_hidden_layers": 1, "num_attention_heads": 2,
         "num_key_value_heads": 2, "vocab_size": %d, "max_position_embeddings": 4096,
         "rms_norm_eps": 1e-05, "rope_theta": 10000.0, "tie_word_embeddings": false,
         "torch_dtype": "float32", "eos_token_id": 2}
        """
            .formatted(WIDTH, ids.size()));
    float[][] embedding = embedding(ids.size());
    float[][] head = new float[ids.size()][WIDTH];
    follow(ids, embedding, head, "<|go|>", "<think>");
    follow(ids, embedding, head, "<think>", REASONING);
    follow(ids, embedding, head, REASONING, afterReasoning);
    follow(ids, embedding, head, "</think>", FIRST, SECOND);
    follow(ids, embedding, head, FIRST, "</s>");
    follow(ids, embedding, head, SECOND, "</s>");
    SafetensorsWriter.write(
        folder.resolve("model.safetensors"),
        ExpectedTensors.of(ModelConfig.read(folder)).stream()
            .map(tensor -> tensor(tensor, embedding, head))
            .toList());
  }

  private static void follow(
      Map<String, Integer> ids, float[][] embedding, float[][] head, String token, String... next) {
    for (String successor : next) {
      for (int i = 0; i < WIDTH; i++) {
        head[id(ids, successor)][i] += LOGIT * embedding[id(ids, token)][i];
      }
    }
  }

  private static int id(Map<String, Integer> ids, String token) {
    return Objects.requireNonNull(ids.get(token));
  }

  /** Unit vectors; two of them are nearly at right angles. */
  private static float[][] embedding(int tokens) {
    Random random = new Random(5);
    float[][] rows = new float[tokens][WIDTH];
    for (float[] row : rows) {
      double square = 0;
      for (int i = 0; i < WIDTH; i++) {
        row[i] = (float) random.nextGaussian();
        square += row[i] * row[i];
      }
      for (int i = 0; i < WIDTH; i++) {
        row[i] /= (float) Math.sqrt(square);
      }
    }
    return rows;
  }

  private static OutputTensor tensor(ExpectedTensor expected, float[][] embedding, float[][] head) {
    int elements =
        (int) expected.dimensions().stream().mapToLong(d -> d).reduce(1, (a, b) -> a * b);
    float[] values = new float[elements];
    String name = expected.name();
    for (int i = 0; i < elements; i++) {
      values[i] =
          name.contains("norm")
              ? 1
              : name.contains("embed_tokens")
                  ? embedding[i / WIDTH][i % WIDTH]
                  : name.contains("lm_head") ? head[i / WIDTH][i % WIDTH] : 0;
    }
    return new OutputTensor(
        name,
        ElementType.F32,
        expected.dimensions(),
        sink -> {
          try (Arena arena = Arena.ofConfined()) {
            sink.accept(arena.allocateFrom(ValueLayout.JAVA_FLOAT, values));
          }
        });
  }
}
