package org.longpo.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.longpo.files.Json;
import tools.jackson.databind.node.ArrayNode;

/** The files of a tokenizer whose tokens are single characters and strings that a test adds. */
public final class LetterTokenizer {
  private static final String CHARACTERS =
      " \nabcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,:?!<>/[]\"'-";

  private LetterTokenizer() {}

  /**
   * Writes tokenizer.json and tokenizer_config.json.
   *
   * @param added strings that are tokens of their own, and whether they are special; the begin and
   *     end tokens always are
   * @return the ids of all tokens
   */
  public static Map<String, Integer> write(Path folder, Map<String, Boolean> added)
      throws IOException {
    Map<String, Integer> vocabulary = new LinkedHashMap<>();
    for (String token : new String[] {"<unk>", "<s>", "</s>"}) {
      vocabulary.put(token, vocabulary.size());
    }
    CHARACTERS
        .codePoints()
        .forEach(letter -> vocabulary.put(Character.toString(letter), vocabulary.size()));
    Map<String, Integer> ids = new LinkedHashMap<>(vocabulary);
    ArrayNode tokens = Json.mapper().createArrayNode();
    added.forEach(
        (content, special) -> {
          ids.putIfAbsent(content, ids.size());
          tokens
              .addObject()
              .put("id", ids.get(content))
              .put("content", content)
              .put("single_word", false)
              .put("lstrip", false)
              .put("rstrip", false)
              .put("normalized", false)
              .put("special", special);
        });
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("tokenizer.json"),
        """
        {"version": "1.0", "truncation": null, "padding": null, "added_tokens": %s,
         "normalizer": null, "pre_tokenizer": null, "post_processor": null,
         "decoder": {"type": "Fuse"},
         "model": {"type": "BPE", "dropout": null, "unk_token": "<unk>",
          "continuing_subword_prefix": null, "end_of_word_suffix": null, "fuse_unk": false,
          "byte_fallback": false, "merges": [], "vocab": %s}}
        """
            .formatted(Json.line(tokens), Json.line(vocabulary)));
    Files.writeString(
        folder.resolve("tokenizer_config.json"),
        "{\"bos_token\": \"<s>\", \"eos_token\": \"</s>\", \"unk_token\": \"<unk>\"}");
    return ids;
  }
}
