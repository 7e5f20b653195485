package org.longpo.text;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The definition of a tokenizer in which special tokens have secret names.
 *
 * <p>It encodes like the original with {@code encode_special_tokens} set, an option the Java
 * binding lacks, and the caller can still place special tokens.
 */
final class SecretNames {
  private SecretNames() {}

  static ObjectNode applied(TokenizerFiles files, SpecialTokens special) {
    ObjectNode definition = files.definition().deepCopy();
    ObjectNode vocabulary = (ObjectNode) definition.path("model").path("vocab");
    for (JsonNode node : definition.path("added_tokens")) {
      ObjectNode token = (ObjectNode) node;
      int id = token.path("id").asInt();
      if (token.path("special").asBoolean()) {
        token.put("content", special.secretName(id));
      }
      // The library numbers added tokens that the vocabulary lacks by itself; so it lacks none.
      String content = token.path("content").asString();
      if (!vocabulary.has(content)) {
        vocabulary.put(content, id);
      }
    }
    return definition;
  }
}
