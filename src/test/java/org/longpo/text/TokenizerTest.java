package org.longpo.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.longpo.error.UserError;
import org.longpo.files.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class TokenizerTest {
  @TempDir Path folder;

  static Stream<String> tokenizers() {
    return Golden.TOKENIZERS.stream();
  }

  @ParameterizedTest
  @MethodSource("tokenizers")
  void shouldNeverTruncate(String name) throws IOException {
    Path model = copy(name);
    ObjectNode definition = definition(model);
    definition
        .putObject("truncation")
        .put("direction", "Right")
        .put("max_length", 16)
        .put("strategy", "LongestFirst")
        .put("stride", 0);
    Files.writeString(model.resolve("tokenizer.json"), Json.line(definition));
    String text = prose(600_000);
    try (Tokenizer tokenizer = Tokenizer.load(model)) {
      int[] tokens = tokenizer.encodeText(text);
      assertThat(tokens).hasSizeGreaterThan(100_000);
      assertThat(tokenizer.decode(tokens)).isEqualTo(text);
      assertThat(tokenizer.encodeTextWithSpans(text).ends()).endsWith(text.length());
    }
  }

  @ParameterizedTest
  @MethodSource("tokenizers")
  void shouldEncodeInLinearTime(String name) {
    assertLinear(name, prose(800_000));
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("tokenizers")
  void shouldEncodeFiveMegabytesInLinearTime(String name) {
    String text = prose(4_600_000);
    assertThat(text.getBytes(StandardCharsets.UTF_8).length).isGreaterThan(5_000_000);
    assertLinear(name, text);
  }

  /**
   * Sixteen times the text is sixteen times the work if it is linear and 256 times if it is
   * quadratic; the bound stands in the middle of the two, so that caches, the collector and a busy
   * machine change nothing. Work is this thread's processor time.
   */
  private static void assertLinear(String name, String text) {
    try (Tokenizer tokenizer = Tokenizer.load(Golden.path(name))) {
      long sixteenth = leastCpuNanos(tokenizer, text.substring(0, text.length() / 16));
      long whole = leastCpuNanos(tokenizer, text);
      assertThat(sixteenth).as("the work is this thread's").isGreaterThan(1_000_000);
      assertThat(whole).isLessThan(64 * sixteenth);
    }
  }

  private static long leastCpuNanos(Tokenizer tokenizer, String text) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 2; i++) {
      long start = threads.getCurrentThreadCpuTime();
      tokenizer.countTokens(text);
      least = Math.min(least, threads.getCurrentThreadCpuTime() - start);
    }
    return least;
  }

  @Test
  void shouldReadBeginAndEndTokens() throws IOException {
    Path model = copy("byte_fallback_llama2");
    Files.writeString(model.resolve("config.json"), "{\"eos_token_id\": 9}");
    assertEndTokens(model, 2, 9);
    Files.writeString(model.resolve("generation_config.json"), "{\"eos_token_id\": [2, 7, 8]}");
    assertEndTokens(model, 2, 7, 8);
    Files.writeString(model.resolve("generation_config.json"), "{\"eos_token_id\": null}");
    assertEndTokens(model, 2, 9);
    Files.writeString(model.resolve("generation_config.json"), "{\"eos_token_id\": -1}");
    assertThatThrownBy(() -> Tokenizer.load(model))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("eos_token_id -1");
  }

  private static void assertEndTokens(Path model, int... expected) {
    try (Tokenizer tokenizer = Tokenizer.load(model)) {
      assertThat(tokenizer.endTokens()).containsExactly(expected);
      assertThat(tokenizer.beginToken()).hasValue(1);
    }
  }

  /** What transformers 5.18 does: see PostProcessor. */
  @Test
  void shouldBeginTextsByTheDefinitionAndNotTheConfiguration() throws IOException {
    Path model = copy("byte_level_llama3");
    ObjectNode definition = definition(model);
    JsonNode template = definition.path("post_processor");
    assertBegin(model, definition, template, OptionalInt.of(420));
    ObjectNode byteLevel =
        Json.mapper()
            .createObjectNode()
            .put("type", "ByteLevel")
            .put("add_prefix_space", false)
            .put("trim_offsets", true)
            .put("use_regex", true);
    ObjectNode sequence = Json.mapper().createObjectNode().put("type", "Sequence");
    sequence.putArray("processors").add(byteLevel).add(template);
    assertBegin(model, definition, sequence, OptionalInt.of(420));
    assertBegin(model, definition, byteLevel, OptionalInt.empty());
    assertBegin(model, definition, Json.mapper().nullNode(), OptionalInt.empty());
    ObjectNode two = (ObjectNode) template.deepCopy();
    ((ArrayNode) two.path("single")).insert(0, two.path("single").path(0));
    assertThatThrownBy(() -> assertBegin(model, definition, two, OptionalInt.empty()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("puts 2 tokens before a text");
  }

  private static void assertBegin(
      Path model, ObjectNode definition, JsonNode postProcessor, OptionalInt expected)
      throws IOException {
    definition.set("post_processor", postProcessor);
    Files.writeString(model.resolve("tokenizer.json"), Json.line(definition));
    try (Tokenizer tokenizer = Tokenizer.load(model)) {
      assertThat(tokenizer.beginToken()).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tokenizer.json",
        "tokenizer_config.json",
        "generation_config.json",
        "chat_template.jinja"
      })
  void shouldRefuseLinksOutOfTheModelFolder(String name) throws IOException {
    Path model = copy("byte_level_llama3");
    Path outside = folder.resolve("outside");
    Files.writeString(model.resolve("generation_config.json"), "{}");
    Files.writeString(model.resolve("chat_template.jinja"), "{{ messages }}");
    Files.move(model.resolve(name), outside);
    Files.createSymbolicLink(model.resolve(name), outside);
    assertThatThrownBy(
            () -> {
              try (Tokenizer tokenizer = Tokenizer.load(model)) {
                ChatTemplate.load(model, tokenizer);
              }
            })
        .isInstanceOf(UserError.class)
        .hasMessageContaining(name + " leads out of the model folder");
  }

  @Test
  void shouldKnowItsSizeAndHash() {
    try (Tokenizer tokenizer = Tokenizer.load(Golden.path("byte_level_qwen"))) {
      assertThat(tokenizer.vocabularySize()).isEqualTo(426);
      assertThat(tokenizer.beginToken()).isEmpty();
      assertThat(tokenizer.sha256()).matches("[0-9a-f]{64}");
    }
  }

  @Test
  void shouldTreatTokensAsSpecialThatOnlyTheConfigurationNames() throws IOException {
    Path model = copy("byte_fallback_llama2");
    ObjectNode definition = definition(model);
    definition.putArray("added_tokens");
    Files.writeString(model.resolve("tokenizer.json"), Json.line(definition));
    try (Tokenizer tokenizer = Tokenizer.load(model)) {
      assertThat(tokenizer.encodeTemplate("<s>a</s>")).startsWith(1).endsWith(2);
      assertThat(tokenizer.encodeText("<s>a</s>")).doesNotContain(1, 2);
      assertThat(tokenizer.decode(1, 2)).isEmpty();
    }
  }

  @Test
  void shouldReplaceUnpairedSurrogates() {
    try (Tokenizer tokenizer = Tokenizer.load(Golden.path("byte_level_llama3"))) {
      assertThat(tokenizer.encodeText("a\ud83d b\ude00"))
          .isEqualTo(tokenizer.encodeText("a\ufffd b\ufffd"));
    }
  }

  @Test
  void shouldNameWhatIsMissingOrBroken() throws IOException {
    assertError(folder.resolve("none"), "There is no model folder");
    Path model = copy("byte_fallback_llama2");
    Files.writeString(model.resolve("tokenizer_config.json"), "[]");
    assertError(model, "expected a JSON object");
    Files.writeString(model.resolve("tokenizer_config.json"), "{}");
    ObjectNode definition = definition(model);
    Files.writeString(model.resolve("tokenizer.json"), Json.line(definition).substring(0, 5000));
    assertError(model, "tokenizer.json: line 1");
    Files.writeString(
        model.resolve("tokenizer.json"), "{\"model\": {\"type\": \"Unigram\", \"vocab\": []}}");
    assertError(model, "the tokenizer's model is Unigram, but only BPE");
    ((ObjectNode) definition.path("model")).putArray("merges").add("no such");
    Files.writeString(model.resolve("tokenizer.json"), Json.line(definition));
    assertError(model, "is not a tokenizer that the tokenizers library reads");
    Files.delete(model.resolve("tokenizer.json"));
    assertError(model, "tokenizer.json");
  }

  private static void assertError(Path model, String message) {
    assertThatThrownBy(() -> Tokenizer.load(model))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(message);
  }

  private static ObjectNode definition(Path model) {
    return (ObjectNode) Json.read(model.resolve("tokenizer.json"), JsonNode.class);
  }

  private Path copy(String name) throws IOException {
    Path model = Files.createDirectories(folder.resolve("model"));
    for (String file : new String[] {"tokenizer.json", "tokenizer_config.json"}) {
      Files.copy(Golden.path(name + "/" + file), model.resolve(file));
    }
    return model;
  }

  private static String prose(int length) {
    String[] words = {"the ", "lamp ", "keeper ", "héros ", "12 ", "庭", "😀 ", "find, ", "it's.\n"};
    Random random = new Random(3);
    StringBuilder text = new StringBuilder("the ");
    while (text.length() < length) {
      text.append(words[random.nextInt(words.length)]);
    }
    return text.toString();
  }
}
