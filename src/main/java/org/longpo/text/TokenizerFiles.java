package org.longpo.text;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.longpo.error.UserError;
import org.longpo.files.ModelFolder;
import org.longpo.files.Sha256;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a model folder says about its tokenizer.
 *
 * @param definition {@code tokenizer.json}, whose special tokens include those that only the
 *     configuration calls special
 * @param config {@code tokenizer_config.json}
 * @param special special token strings with their ids
 * @param sha256 of {@code tokenizer.json} as it lies on disk
 */
record TokenizerFiles(
    Path folder,
    ObjectNode definition,
    ObjectNode config,
    Map<String, Integer> special,
    String sha256) {
  static final String DEFINITION = "tokenizer.json";
  static final String CONFIG = "tokenizer_config.json";

  private static final Set<String> NAMED_TOKENS =
      Set.of("bos_token", "eos_token", "unk_token", "pad_token", "sep_token", "cls_token");

  static TokenizerFiles read(Path folder) {
    ModelFolder files = ModelFolder.of(folder);
    Path file = files.required(DEFINITION);
    ObjectNode definition = object(files, DEFINITION);
    ObjectNode config = object(files, CONFIG);
    JsonNode model = definition.path("model");
    String type = model.path("type").asString(model.has("merges") ? "BPE" : "unnamed");
    if (!type.equals("BPE")
        || !(model.path("vocab") instanceof ObjectNode vocabulary)
        || !model.path("merges").isArray()) {
      throw new UserError(
          file + ": the tokenizer's model is " + type + ", but only BPE models are supported.");
    }
    for (var entry : vocabulary.properties()) {
      if (!entry.getValue().canConvertToInt() || entry.getValue().asInt() < 0) {
        throw new UserError(file + ": the id of " + entry.getKey() + " is no number from 0 up.");
      }
    }
    // Some checkpoints ship a truncation left over from their training.
    definition.putNull("truncation").putNull("padding");
    var special = specialTokens(file, definition, vocabulary, config);
    return new TokenizerFiles(folder, definition, config, special, Sha256.of(file));
  }

  /** The string of {@code bos_token}, {@code eos_token} and the like, if the model has one. */
  Optional<String> namedToken(String name) {
    return tokenString(config.path(name));
  }

  ObjectNode vocabulary() {
    return (ObjectNode) definition.path("model").path("vocab");
  }

  ArrayNode addedTokens() {
    return (ArrayNode) definition.path("added_tokens");
  }

  /** Also takes as special what only the configuration names, as transformers does. */
  private static Map<String, Integer> specialTokens(
      Path file, ObjectNode definition, ObjectNode vocabulary, ObjectNode config) {
    Set<String> named = new LinkedHashSet<>();
    NAMED_TOKENS.stream().sorted().forEach(n -> tokenString(config.path(n)).ifPresent(named::add));
    for (String list : Set.of("additional_special_tokens", "extra_special_tokens")) {
      config.path(list).forEach(token -> tokenString(token).ifPresent(named::add));
    }
    ArrayNode added =
        definition.path("added_tokens") instanceof ArrayNode array
            ? array
            : definition.putArray("added_tokens");
    Map<String, Integer> special = new LinkedHashMap<>();
    for (JsonNode node : added) {
      String content = node.path("content").asString("");
      if (!(node instanceof ObjectNode token)
          || content.isEmpty()
          || !node.path("id").canConvertToInt()) {
        throw new UserError(file + ": added_tokens has an entry without content or id.");
      }
      if (node.path("special").asBoolean(false) || named.contains(content)) {
        token.put("special", true);
        special.put(content, node.path("id").asInt());
      }
      named.remove(content);
    }
    for (String content : named) {
      if (vocabulary.has(content)) {
        int id = vocabulary.path(content).asInt();
        special.put(content, id);
        added
            .addObject()
            .put("id", id)
            .put("content", content)
            .put("single_word", false)
            .put("lstrip", false)
            .put("rstrip", false)
            .put("normalized", false)
            .put("special", true);
      }
    }
    return special;
  }

  /** A token is written as a string or as an object with its content. */
  private static Optional<String> tokenString(JsonNode token) {
    String content = token.isString() ? token.asString() : token.path("content").asString("");
    return content.isEmpty() ? Optional.empty() : Optional.of(content);
  }

  private static ObjectNode object(ModelFolder files, String name) {
    if (files.json(name) instanceof ObjectNode object) {
      return object;
    }
    throw new UserError(files.path().resolve(name) + ": expected a JSON object.");
  }
}
