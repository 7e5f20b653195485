package org.longpo.text;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.longpo.error.UserError;
import org.longpo.files.Json;
import org.longpo.files.ModelFolder;
import org.longpo.files.Sha256;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What all files of a model folder define about its tokenizer.
 *
 * @param definition {@code tokenizer.json} as the tokenizer's class uses it, with every added and
 *     special token that another file names
 * @param config {@code tokenizer_config.json}; empty where there is none
 * @param named strings of {@code bos_token}, {@code eos_token} and the like
 * @param special special token strings with their ids
 * @param sha256 of everything that decides ids
 */
record TokenizerFiles(
    Path folder,
    ObjectNode definition,
    ObjectNode config,
    Map<String, String> named,
    Map<String, Integer> special,
    String sha256) {
  static final String DEFINITION = "tokenizer.json";
  static final String CONFIG = "tokenizer_config.json";
  static final String ADDED = "added_tokens.json";
  static final String ADDED_BY_ID = "added_tokens_decoder";

  /** Settings that change ids and are not implemented here. */
  private static final List<String> UNSUPPORTED =
      List.of("split_special_tokens", "fix_mistral_regex");

  static TokenizerFiles read(Path folder) {
    ModelFolder files = ModelFolder.of(folder);
    Path file = files.required(DEFINITION);
    ObjectNode definition = object(files, DEFINITION);
    ObjectNode config = config(files);
    ObjectNode vocabulary = vocabulary(file, definition);
    for (String key : UNSUPPORTED) {
      if (config.path(key).asBoolean(false)) {
        throw new UserError(folder.resolve(CONFIG) + ": " + key + " is true, not supported.");
      }
    }
    // Some checkpoints still contain the truncation of their training.
    definition.putNull("truncation").putNull("padding");
    TokenizerClass tokenizerClass = TokenizerClass.of(files, config);
    NamedTokens names = NamedTokens.read(files, config, tokenizerClass);
    AddedVocabulary added =
        new Collector(files, definition, config, names).collect(tokenizerClass, vocabulary);
    tokenizerClass.rebuild(definition, config);
    added.writeTo(definition.putArray("added_tokens"));
    Map<String, String> named = new LinkedHashMap<>();
    names.byName().forEach((name, token) -> named.put(name, token.content()));
    return new TokenizerFiles(
        folder, definition, config, named, added.special(), sha256(file, definition, named));
  }

  ObjectNode vocabulary() {
    return (ObjectNode) definition.path("model").path("vocab");
  }

  ArrayNode addedTokens() {
    return (ArrayNode) definition.path("added_tokens");
  }

  /** Reads {@code tokenizer_config.json}; empty where there is none. */
  static ObjectNode config(ModelFolder files) {
    return files.has(CONFIG) ? object(files, CONFIG) : JsonNodeFactory.instance.objectNode();
  }

  /** Reads a file that must be a JSON object. */
  static ObjectNode object(ModelFolder files, String name) {
    if (files.json(name) instanceof ObjectNode object) {
      return object;
    }
    throw new UserError(files.path().resolve(name) + ": expected a JSON object.");
  }

  private static ObjectNode vocabulary(Path file, ObjectNode definition) {
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
    return vocabulary;
  }

  /** Vocabulary and merges are as in the file; what else decides ids is what was made of it. */
  private static String sha256(Path file, ObjectNode definition, Map<String, String> named) {
    // Shallow copies: the two are by far the largest part.
    ObjectNode rest = JsonNodeFactory.instance.objectNode().setAll(definition);
    rest.putObject("model")
        .setAll((ObjectNode) definition.path("model"))
        .remove(List.of("vocab", "merges"));
    String parts = Sha256.of(file) + "\n" + Json.line(rest) + "\n" + Json.line(named);
    return Sha256.of(parts.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Puts the added tokens of all files together, in the order in which transformers adds them:
   * those of {@code tokenizer.json}, unless the class builds the tokenizer itself; then those of
   * {@code added_tokens_decoder}, or without it of {@code added_tokens.json} and {@code
   * tokenizer.json}, by id; then named tokens that are still missing.
   */
  private record Collector(
      ModelFolder files, ObjectNode definition, ObjectNode config, NamedTokens names) {

    AddedVocabulary collect(TokenizerClass tokenizerClass, ObjectNode vocabulary) {
      AddedVocabulary added = new AddedVocabulary(vocabulary);
      List<Declared> written = written();
      List<Declared> elsewhere = elsewhere();
      boolean isBuiltAnew = tokenizerClass != TokenizerClass.AS_WRITTEN;
      SortedMap<Integer, AddedToken> byId = new TreeMap<>();
      elsewhere.forEach(declared -> byId.put(declared.id(), declared.token()));
      if (!config.has(ADDED_BY_ID)) {
        written.forEach(declared -> byId.put(declared.id(), declared.token()));
      }
      if (!isBuiltAnew) {
        written.forEach(declared -> added.add(declared.token()));
      }
      Set<String> special = new HashSet<>();
      names.byName().values().forEach(token -> special.add(token.content()));
      byId.values()
          .forEach(
              token -> added.add(special.contains(token.content()) ? token.asSpecial() : token));
      List<AddedToken> named = new ArrayList<>(names.byName().values());
      named.addAll(names.others());
      for (AddedToken token : named) {
        if (tokenizerClass == TokenizerClass.QWEN2) {
          added.add(AddedToken.special(token.content()));
        } else if (!added.contains(token.content())) {
          added.add(token.asSpecial());
        } else {
          // Also those that transformers leaves ordinary: what is marked as special is never text.
          added.makeSpecial(token.content());
        }
      }
      elsewhere.forEach(declared -> declared.require(added));
      if (!isBuiltAnew || !config.has(ADDED_BY_ID)) {
        written.forEach(declared -> declared.require(added));
      }
      return added;
    }

    private List<Declared> written() {
      String where = files.path().resolve(DEFINITION) + ": added_tokens";
      List<Declared> tokens = new ArrayList<>();
      for (JsonNode node : definition.path("added_tokens")) {
        tokens.add(declared(node, node.path("id"), where));
      }
      return tokens;
    }

    private List<Declared> elsewhere() {
      List<Declared> tokens = new ArrayList<>();
      if (config.has(ADDED_BY_ID)) {
        String where = files.path().resolve(CONFIG) + ": " + ADDED_BY_ID;
        for (var entry : config.path(ADDED_BY_ID).properties()) {
          tokens.add(declared(entry.getValue(), number(entry.getKey()), where));
        }
      } else if (files.has(ADDED)) {
        String where = files.path().resolve(ADDED).toString();
        Set<String> special = new HashSet<>();
        names.byName().values().forEach(token -> special.add(token.content()));
        names.others().forEach(token -> special.add(token.content()));
        for (var entry : object(files, ADDED).properties()) {
          AddedToken token =
              special.contains(entry.getKey())
                  ? AddedToken.special(entry.getKey())
                  : AddedToken.ordinary(entry.getKey());
          tokens.add(declared(token.json(0), entry.getValue(), where));
        }
      }
      return tokens;
    }

    private static JsonNode number(String text) {
      return text.matches("\\d{1,9}")
          ? JsonNodeFactory.instance.numberNode(Integer.parseInt(text))
          : JsonNodeFactory.instance.stringNode(text);
    }

    private static Declared declared(JsonNode node, JsonNode id, String where) {
      AddedToken token = AddedToken.of(node);
      if (token.content().isEmpty() || !id.canConvertToInt()) {
        throw new UserError(where + " has an entry without content or id.");
      }
      return new Declared(token, id.asInt(), where);
    }
  }

  /** A token with the id that a file gives it. */
  private record Declared(AddedToken token, int id, String where) {
    /**
     * @throws UserError if the tokenizers library numbers it otherwise: then it is unknown which of
     *     the two the model was trained with
     */
    void require(AddedVocabulary added) {
      int actual = added.idOf(token.content()).orElse(-1);
      if (!added.contains(token.content()) || actual != id) {
        throw new UserError(
            "%s gives %s the id %d, but with the vocabulary and the tokens before it the id is %s; correct the file."
                .formatted(where, token.content(), id, actual < 0 ? "none" : "" + actual));
      }
    }
  }
}
