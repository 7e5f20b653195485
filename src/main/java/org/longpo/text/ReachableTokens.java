package org.longpo.text;

import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.longpo.error.UserError;
import tools.jackson.databind.JsonNode;

/**
 * The tokens of a tokenizer that a text can become, with the ones that begin and end texts: a model
 * needs a row for every one of them.
 *
 * <p>Special tokens that are neither are left out. Many tokenizers have a padding token that the
 * model never reads, and one that a chat template writes is found at the first prompt.
 */
final class ReachableTokens {
  private ReachableTokens() {}

  /**
   * Compares them with a model's embedding.
   *
   * @param rows of the embedding: ids must be below
   * @throws UserError that names the lowest id for which there is no row
   */
  static void requireRows(TokenizerFiles files, OptionalInt beginToken, int[] endTokens, int rows) {
    TreeMap<Integer, String> beyond = new TreeMap<>();
    String unknown = files.definition().path("model").path("unk_token").asString("");
    strings(files)
        .forEach(
            (id, content) -> {
              boolean isPlain = !files.special().containsKey(content);
              if (id >= rows && (isPlain || content.equals(unknown))) {
                beyond.put(id, content);
              }
            });
    beginToken.stream().filter(id -> id >= rows).forEach(id -> beyond.put(id, string(files, id)));
    for (int id : endTokens) {
      if (id >= rows) {
        beyond.put(id, string(files, id));
      }
    }
    if (!beyond.isEmpty()) {
      Map.Entry<Integer, String> first = beyond.firstEntry();
      throw new UserError(
          "The tokenizer in %s does not belong to its model: the id %d%s%s is beyond the embedding, which has %d rows, for the ids 0 to %d; take the tokenizer files that belong to the weights."
              .formatted(
                  files.folder(),
                  first.getKey(),
                  first.getValue().isEmpty() ? "" : " of the token '" + first.getValue() + "'",
                  beyond.size() == 1 ? "" : " (and " + (beyond.size() - 1) + " more)",
                  rows,
                  rows - 1));
    }
  }

  /** A token's own string, as the tokenizer's files have it; empty if there is no such id. */
  static String string(TokenizerFiles files, int id) {
    return strings(files).getOrDefault(id, "");
  }

  private static Map<Integer, String> strings(TokenizerFiles files) {
    Map<Integer, String> strings = new TreeMap<>();
    files
        .vocabulary()
        .properties()
        .forEach(entry -> strings.put(entry.getValue().asInt(), entry.getKey()));
    for (JsonNode token : files.addedTokens()) {
      strings.put(token.path("id").asInt(), token.path("content").asString(""));
    }
    return strings;
  }
}
