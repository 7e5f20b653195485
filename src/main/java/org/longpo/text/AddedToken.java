package org.longpo.text;

import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A token that is found in a text before the vocabulary is applied.
 *
 * @param singleWord only where no letter is next to it
 * @param lstrip with the spaces before it
 * @param rstrip with the spaces after it
 * @param normalized in the normalised text
 * @param special whether it is left out of decoded text for people
 */
record AddedToken(
    String content,
    boolean singleWord,
    boolean lstrip,
    boolean rstrip,
    boolean normalized,
    boolean special) {

  /** A special token of which only the text is known. */
  static AddedToken special(String content) {
    return new AddedToken(content, false, false, false, false, true);
  }

  /** An ordinary token of which only the text is known. */
  static AddedToken ordinary(String content) {
    return new AddedToken(content, false, false, false, true, false);
  }

  /** A special token, written as its text or as an object with its {@code content}. */
  static Optional<AddedToken> named(JsonNode node) {
    String content = node.isString() ? node.asString() : node.path("content").asString("");
    if (content.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(node.isString() ? special(content) : of(node).asSpecial());
  }

  /**
   * An object with {@code content} and flags; absent ones have the tokenizers library's default.
   */
  static AddedToken of(JsonNode node) {
    boolean special = node.path("special").asBoolean(false);
    return new AddedToken(
        node.path("content").asString(""),
        node.path("single_word").asBoolean(false),
        node.path("lstrip").asBoolean(false),
        node.path("rstrip").asBoolean(false),
        node.path("normalized").asBoolean(!special),
        special);
  }

  AddedToken asSpecial() {
    return new AddedToken(content, singleWord, lstrip, rstrip, normalized, true);
  }

  /** As an entry of {@code added_tokens} in tokenizer.json. */
  ObjectNode json(int id) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", id)
        .put("content", content)
        .put("single_word", singleWord)
        .put("lstrip", lstrip)
        .put("rstrip", rstrip)
        .put("normalized", normalized)
        .put("special", special);
  }
}
