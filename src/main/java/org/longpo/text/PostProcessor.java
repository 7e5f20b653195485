package org.longpo.text;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.longpo.error.UserError;
import tools.jackson.databind.JsonNode;

/**
 * What {@code tokenizer.json} puts before a text of its own, which is what transformers encodes
 * with. A {@code bos_token} in the configuration is not evidence for it: many models name one but
 * were not trained with it before a text, and {@code add_bos_token} has no effect where there is a
 * {@code tokenizer.json} (transformers 5.18).
 */
final class PostProcessor {
  private PostProcessor() {}

  /**
   * The token before a text, if there is one.
   *
   * @param definition {@code tokenizer.json}
   * @param where its name for errors
   * @throws UserError if there are several
   */
  static OptionalInt beginToken(JsonNode definition, String where) {
    List<Integer> before = new ArrayList<>();
    collect(definition.path("post_processor"), before);
    if (before.size() > 1) {
      throw new UserError(
          "%s puts %d tokens before a text, at most one is supported."
              .formatted(where, before.size()));
    }
    return before.stream().mapToInt(Integer::intValue).findFirst();
  }

  private static void collect(JsonNode processor, List<Integer> before) {
    switch (processor.path("type").asString("")) {
      case "Sequence" -> processor.path("processors").forEach(inner -> collect(inner, before));
      case "TemplateProcessing" -> {
        for (JsonNode piece : processor.path("single")) {
          if (piece.has("Sequence")) {
            return;
          }
          String name = piece.path("SpecialToken").path("id").asString("");
          for (JsonNode id : processor.path("special_tokens").path(name).path("ids")) {
            before.add(id.asInt());
          }
        }
      }
      default -> {
        // The others add nothing before a text, or only for models of other kinds.
      }
    }
  }
}
