package org.longpo.text;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The added tokens of a tokenizer with the ids that the tokenizers library gives them: a token of
 * the vocabulary keeps its id, any other gets the next free one, whatever id a file names.
 */
final class AddedVocabulary {
  private final ObjectNode vocabulary;
  private final Map<String, Integer> idByContent = new HashMap<>();
  private final SortedMap<Integer, AddedToken> tokenById = new TreeMap<>();

  AddedVocabulary(ObjectNode vocabulary) {
    this.vocabulary = vocabulary;
  }

  /** Adds a token, or changes the flags of one that exists. */
  void add(AddedToken token) {
    int id = idOf(token.content()).orElseGet(this::nextId);
    idByContent.put(token.content(), id);
    tokenById.put(id, token);
  }

  boolean contains(String content) {
    return idByContent.containsKey(content);
  }

  /** The id of an added token or of one of the vocabulary. */
  OptionalInt idOf(String content) {
    Integer id = idByContent.get(content);
    if (id != null) {
      return OptionalInt.of(id);
    }
    JsonNode own = vocabulary.path(content);
    return own.isInt() ? OptionalInt.of(own.asInt()) : OptionalInt.empty();
  }

  /** Special token strings with their ids, in the order of these. */
  Map<String, Integer> special() {
    Map<String, Integer> special = new LinkedHashMap<>();
    tokenById.forEach(
        (id, token) -> {
          if (token.special()) {
            special.put(token.content(), id);
          }
        });
    return special;
  }

  /** Makes an existing token special and keeps its other flags. */
  void makeSpecial(String content) {
    Integer id = idByContent.get(content);
    if (id != null) {
      tokenById.computeIfPresent(id, (same, token) -> token.asSpecial());
    }
  }

  /** As the entries of {@code added_tokens} in tokenizer.json, in the order of their ids. */
  void writeTo(ArrayNode array) {
    tokenById.forEach((id, token) -> array.add(token.json(id)));
  }

  private int nextId() {
    int size = vocabulary.size();
    return tokenById.isEmpty() ? size : Math.max(size, tokenById.lastKey() + 1);
  }
}
