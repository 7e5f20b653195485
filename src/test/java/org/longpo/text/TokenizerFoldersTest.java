package org.longpo.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.longpo.error.UserError;
import org.longpo.files.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** Whatever file of a model folder decides ids: they equal those of transformers' AutoTokenizer. */
class TokenizerFoldersTest {
  @TempDir Path folder;

  static Stream<String> cases() {
    return Golden.rows("folders.json").map(row -> row.path("case").asString());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void shouldReadFolderAsTransformersDoes(String name) throws IOException {
    JsonNode row = golden(name);
    write(row);
    try (Tokenizer tokenizer = Tokenizer.load(folder)) {
      SoftAssertions.assertSoftly(
          softly -> {
            Map<String, String> named = new LinkedHashMap<>();
            row.path("named")
                .properties()
                .forEach(e -> named.put(e.getKey(), e.getValue().asString()));
            softly.assertThat(tokenizer.namedTokens()).isEqualTo(named);
            softly
                .assertThat(tokenizer.endTokens())
                .isEqualTo(
                    row.path("end").isNull() ? new int[0] : new int[] {row.path("end").asInt()});
            softly
                .assertThat(tokenizer.beginToken().stream().toArray())
                .isEqualTo(Golden.ids(row.path("begins")));
            for (int i = 0; i < row.path("texts").size(); i++) {
              String text = row.path("texts").path(i).asString();
              int[] marked = Golden.ids(row.path("marked").path(i));
              softly.assertThat(tokenizer.encodeTemplate(text)).as(text).isEqualTo(marked);
              softly
                  .assertThat(tokenizer.encodeText(text))
                  .as("plain: " + text)
                  .isEqualTo(Golden.ids(row.path("plain").path(i)));
              if (!row.path("decoded").isNull()) {
                softly
                    .assertThat(tokenizer.decode(marked))
                    .isEqualTo(row.path("decoded").path(i).asString());
              }
            }
          });
    }
  }

  @Test
  void shouldPutNoSpaceAfterBeginTokenOfLlama() throws IOException {
    write(golden("llama, legacy false"));
    try (Tokenizer tokenizer = Tokenizer.load(folder)) {
      int[] alone = tokenizer.encodeTemplate("<s>x");
      int[] spaced = tokenizer.encodeTemplate("<s> x");
      assertThat(tokenizer.decodeWithSpecial(alone)).isEqualTo("<s>x");
      assertThat(alone).isNotEqualTo(spaced);
      // A text begins with a space all the same: "x" alone is a word's beginning.
      assertThat(tokenizer.encodeText("x")).hasSize(2);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "tokenizer_config.json|{\"tokenizer_class\": \"CodeLlamaTokenizer\"}|tokenizer_class is"
            + " CodeLlamaTokenizer, whose rules are not known",
        "tokenizer_config.json|{\"auto_map\": {\"AutoTokenizer\": [\"a.B\", null]}}|auto_map names"
            + " a tokenizer of the model's own Python code",
        "tokenizer_config.json|{\"split_special_tokens\": true}|split_special_tokens is true, not"
            + " supported",
        "tokenizer_config.json|{\"added_tokens_decoder\": {\"700\": {\"content\":"
            + " \"<extra>\"}}}|tokenizer_config.json: added_tokens_decoder gives <extra>"
            + " the id 700, but with the vocabulary and the tokens before it the id is 559",
        "tokenizer_config.json|{\"added_tokens_decoder\": {\"x\": {\"content\":"
            + " \"<extra>\"}}}|added_tokens_decoder has an entry without content or id",
        "added_tokens.json|{\"<extra>\": 560}|added_tokens.json gives <extra> the id 560",
        "added_tokens.json|{\"<extra>\": \"559\"}|added_tokens.json has an entry without content or"
            + " id",
        "added_tokens.json|[]|added_tokens.json: expected a JSON object",
        "special_tokens_map.json|{\"add_bos_token\": true}|special_tokens_map.json: add_bos_token"
            + " is no special token",
      })
  void shouldRefuseByNameWhatItDoesNotFollow(String file, String content, String said)
      throws IOException {
    write(golden("class absent"));
    Files.writeString(folder.resolve(file), content);
    assertThatThrownBy(() -> Tokenizer.load(folder))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(said);
  }

  @Test
  void shouldRefuseIdsThatTheLibraryWouldNotGive() throws IOException {
    write(golden("class absent"));
    Path file = folder.resolve("tokenizer.json");
    JsonNode definition = Json.read(file, JsonNode.class);
    ((ArrayNode) definition.path("added_tokens")).add(AddedToken.special("<extra>").json(600));
    Files.writeString(file, Json.line(definition));
    assertThatThrownBy(() -> Tokenizer.load(folder))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("tokenizer.json: added_tokens gives <extra> the id 600");
  }

  @Test
  void shouldCoverAllThatDecidesIdsAndEndsByTheHash() throws IOException {
    Set<String> hashes = new HashSet<>();
    for (String name :
        new String[] {
          "class absent",
          "llama, legacy false",
          "llama, legacy true",
          "map over config",
          "extra tokens"
        }) {
      hashes.add(hash(name));
    }
    assertThat(hashes).hasSize(5);
    // Pair files of earlier versions name it: it must not move.
    assertThat(hash("llama, legacy false"))
        .isEqualTo("acc8d9eb15b17fcd41461400c37929829526e49f0da46c587d5583628225ef55");
    // The same tokenizer, written otherwise.
    assertThat(hash("class fast")).isIn(hashes);
    String before = hash("class absent");
    Files.writeString(folder.resolve("generation_config.json"), "{\"eos_token_id\": [2, 7]}");
    try (Tokenizer tokenizer = Tokenizer.load(folder)) {
      assertThat(tokenizer.sha256()).isNotEqualTo(before);
    }
  }

  @Test
  void shouldReadFromTheBaseWhatAnAdapterLacks() throws IOException {
    write(golden("llama, legacy false"));
    Path config = folder.resolve("tokenizer_config.json");
    Files.writeString(
        config,
        Files.readString(config).replaceFirst("\\{", "{\"chat_template\": \"{{ bos_token }}!\","));
    Files.writeString(folder.resolve("generation_config.json"), "{\"eos_token_id\": [2, 7]}");
    Path adapter = Files.createDirectories(folder.resolve("adapter"));
    Files.writeString(
        adapter.resolve("adapter_config.json"), "{\"base_model_name_or_path\": \"..\"}");
    assertTokenizer(adapter, "<s>!", 2, 7);
    // A tokenizer of its own: whole, with its own names; end tokens and template are the base's.
    Files.copy(folder.resolve("tokenizer.json"), adapter.resolve("tokenizer.json"));
    Files.writeString(
        adapter.resolve("tokenizer_config.json"),
        "{\"bos_token\": \"<unk>\", \"eos_token\": \"<s>\"}");
    assertTokenizer(adapter, "<unk>!", 1, 2, 7);
    Files.writeString(adapter.resolve("chat_template.jinja"), "{{ eos_token }}?");
    assertTokenizer(adapter, "<s>?", 1, 2, 7);
  }

  @Test
  void shouldReadTemplateFromBaseWithoutTokenizerConfiguration() throws IOException {
    write(golden("class absent"));
    Files.deleteIfExists(folder.resolve("tokenizer_config.json"));
    Files.writeString(folder.resolve("chat_template.jinja"), "[base]");
    Path adapter = Files.createDirectories(folder.resolve("adapter"));
    Files.writeString(
        adapter.resolve("adapter_config.json"), "{\"base_model_name_or_path\": \"..\"}");
    Files.copy(folder.resolve("tokenizer.json"), adapter.resolve("tokenizer.json"));
    assertTokenizer(adapter, "[base]");
  }

  private static void assertTokenizer(Path model, String rendered, int... ends) {
    try (Tokenizer tokenizer = Tokenizer.load(model)) {
      assertThat(tokenizer.endTokens()).containsExactly(ends);
      ChatTemplate template = ChatTemplate.load(model, tokenizer);
      assertThat(template.isFallback()).isFalse();
      assertThat(template.render(List.of(), true)).isEqualTo(rendered);
    }
  }

  private String hash(String name) throws IOException {
    write(golden(name));
    try (Tokenizer tokenizer = Tokenizer.load(folder)) {
      return tokenizer.sha256();
    }
  }

  private static JsonNode golden(String name) {
    return Golden.rows("folders.json")
        .filter(row -> row.path("case").asString().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** Overwrites the folder with a golden case. */
  private void write(JsonNode row) throws IOException {
    for (String old :
        new String[] {"tokenizer_config.json", "special_tokens_map.json", "added_tokens.json"}) {
      Files.deleteIfExists(folder.resolve(old));
    }
    JsonNode definition =
        Json.read(
            Golden.path(row.path("tokenizer").asString() + "/tokenizer.json"), JsonNode.class);
    row.path("added").forEach(((ArrayNode) definition.path("added_tokens"))::add);
    Files.writeString(folder.resolve("tokenizer.json"), Json.line(definition));
    for (var file : row.path("files").properties()) {
      Files.writeString(folder.resolve(file.getKey()), Json.line(file.getValue()));
    }
  }
}
