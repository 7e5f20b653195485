package org.longpo.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.longpo.error.UserError;
import org.longpo.files.ModelFolder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The tokens that a model folder gives a name or marks as special, with the precedence of
 * transformers 5.18: {@code special_tokens_map.json} wins over {@code tokenizer_config.json}, and
 * that over the tokenizer's class, but where {@code tokenizer_config.json} has {@code
 * added_tokens_decoder} the map is not read. An explicit null is no token.
 *
 * @param byName {@code bos_token} and the like, the standard ones first
 * @param others those without a name of their own
 */
record NamedTokens(Map<String, AddedToken> byName, List<AddedToken> others) {
  static final String MAP = "special_tokens_map.json";

  private static final String ADDITIONAL = "additional_special_tokens";
  private static final String EXTRA = "extra_special_tokens";

  /** In the order in which new ones get their ids. */
  private static final List<String> STANDARD =
      List.of(
          "bos_token",
          "eos_token",
          "unk_token",
          "sep_token",
          "pad_token",
          "cls_token",
          "mask_token");

  static NamedTokens read(ModelFolder folder, ObjectNode config, TokenizerClass tokenizerClass) {
    Map<String, Optional<AddedToken>> found = new LinkedHashMap<>();
    STANDARD.forEach(name -> found.put(name, Optional.empty()));
    tokenizerClass
        .namedTokens()
        .forEach((name, content) -> found.put(name, Optional.of(AddedToken.special(content))));
    List<AddedToken> others = new ArrayList<>();
    takeNames(config, found);
    takeList(config.path(config.path(EXTRA).isEmpty() ? ADDITIONAL : EXTRA), found, others);
    if (!config.has(TokenizerFiles.ADDED_BY_ID) && folder.has(MAP)) {
      ObjectNode map = TokenizerFiles.object(folder, MAP);
      requireTokensOnly(folder, map);
      takeNames(map, found);
      takeList(map.path(EXTRA), found, others);
      if (!config.has(EXTRA) && !config.has(ADDITIONAL)) {
        takeList(map.path(ADDITIONAL), found, others);
      }
    }
    Map<String, AddedToken> byName = new LinkedHashMap<>();
    found.forEach((name, token) -> token.ifPresent(present -> byName.put(name, present)));
    return new NamedTokens(byName, others);
  }

  private static void takeNames(ObjectNode from, Map<String, Optional<AddedToken>> into) {
    for (var entry : from.properties()) {
      boolean isFlag = entry.getValue().isBoolean() || entry.getValue().isNumber();
      if (entry.getKey().endsWith("_token") && !isFlag) {
        into.put(entry.getKey(), AddedToken.named(entry.getValue()));
      }
    }
  }

  /** A list of tokens, or an object that gives each a name. */
  private static void takeList(
      JsonNode node, Map<String, Optional<AddedToken>> names, List<AddedToken> others) {
    if (node instanceof ObjectNode object) {
      object.properties().forEach(e -> names.put(e.getKey(), AddedToken.named(e.getValue())));
    } else {
      node.forEach(token -> AddedToken.named(token).ifPresent(others::add));
    }
  }

  /** transformers would take any key as one of tokenizer_config.json. */
  private static void requireTokensOnly(ModelFolder folder, ObjectNode map) {
    for (String key : map.propertyNames()) {
      boolean isToken = key.endsWith("_token") || key.equals(EXTRA) || key.equals(ADDITIONAL);
      if (!isToken || map.path(key).isBoolean()) {
        throw new UserError(
            "%s: %s is no special token; move it to %s."
                .formatted(folder.path().resolve(MAP), key, TokenizerFiles.CONFIG));
      }
    }
  }
}
