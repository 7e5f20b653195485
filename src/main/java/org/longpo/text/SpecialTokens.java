package org.longpo.text;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Distinguishes the special tokens that a chat template writes from the same strings in plain text.
 *
 * <p>The tokenizer that encodes knows special tokens under secret names only, so plain text cannot
 * contain one. A conversation is processed in three steps: special strings in its contents are
 * <i>guarded</i>, the template renders, then in the rendered text the template's own special
 * strings get their secret names and the guarded ones become plain text again ({@link #resolve}).
 * Encoding stays one call over the whole text, so every rule of the tokenizer about neighbours and
 * beginnings holds as usual.
 */
final class SpecialTokens {
  /** Never occurs in an output: it only distinguishes our markers from every possible text. */
  private final String nonce = UUID.randomUUID().toString();

  private final Map<String, Integer> idByContent;
  private final Map<Integer, String> contentById = new HashMap<>();
  private final Replacer guard;
  private final Replacer resolve;

  /** Special token strings with their ids. */
  SpecialTokens(Map<String, Integer> idByContent) {
    this.idByContent = new LinkedHashMap<>(idByContent);
    Map<String, String> guards = new HashMap<>();
    Map<String, String> resolved = new HashMap<>();
    idByContent.forEach(
        (content, id) -> {
          contentById.put(id, content);
          guards.put(content, marker('G', id));
          resolved.put(marker('G', id), content);
          resolved.put(content, secretName(id));
        });
    this.guard = new Replacer(guards);
    this.resolve = new Replacer(resolved);
  }

  Map<String, Integer> idByContent() {
    return idByContent;
  }

  boolean contains(int id) {
    return contentById.containsKey(id);
  }

  /** The string of the special token {@code id}. */
  String content(int id) {
    String content = contentById.get(id);
    if (content == null) {
      throw new IllegalArgumentException("token " + id + " is not special");
    }
    return content;
  }

  /** The name of the special token {@code id} in the encoding tokenizer. */
  String secretName(int id) {
    return marker('S', id);
  }

  /** A stand-in for a message's content that no template and no text contains. */
  String placeholder(int index) {
    return marker('P', index);
  }

  /** {@code content} with its special strings hidden from {@link #resolve}. */
  String guard(String content) {
    return guard.apply(content);
  }

  /** A rendered template, ready to encode: its special strings named, guarded ones plain again. */
  String resolve(String rendered) {
    return resolve.apply(rendered);
  }

  /** The brackets are private-use characters, which no filter of a template trims or changes. */
  private String marker(char kind, int number) {
    return "\uE0F0" + kind + number + "-" + nonce + "\uE0F1";
  }
}
