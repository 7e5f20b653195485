package org.longpo.tiny;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.longpo.files.Json;
import org.longpo.pairs.InstructionPrompt;

/**
 * The files of a tiny model's tokenizer: byte-level BPE, so that it reads any text.
 *
 * <p>The message that asks for instructions is one token (an added one that is not special): as
 * words it would take more than half of the model's window.
 */
final class TokenizerFiles {
  static final String BEGIN = "<s>";
  static final String END = "</s>";
  private static final List<String> SPECIAL = List.of(BEGIN, END, "[INST]", "[/INST]");

  /** Words, groups of up to two digits, line breaks, white space, everything else. */
  static final Pattern PIECES =
      Pattern.compile(" ?\\p{L}+|\\p{N}{1,2}| ?[^\\s\\p{L}\\p{N}]+|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+");

  private static final String TEMPLATE =
      """
      {{ bos_token }}{% for message in messages %}\
      {% if message['role'] == 'user' %}[INST]{{ message['content'] }}[/INST]\
      {% elif message['role'] == 'assistant' %}{{ message['content'] }}{{ eos_token }}\
      {% else %}{{ raise_exception('Only the roles user and assistant are supported.') }}\
      {% endif %}{% endfor %}
      """;

  private static final List<String> BYTE_SYMBOLS = byteSymbols();

  private TokenizerFiles() {}

  /**
   * Writes {@code tokenizer.json}, {@code tokenizer_config.json} and the chat template.
   *
   * @param merges in the order in which they are applied; their symbols are tokens
   * @param words symbols that are tokens without merges; where there are some, a piece of text that
   *     is a token is not merged
   * @param pieces parts of a text that no token reaches beyond
   * @return the number of tokens
   */
  static int write(
      Path folder, List<BytePairMerges.Pair> merges, SequencedSet<String> words, Pattern pieces)
      throws IOException {
    Map<String, Integer> vocabulary = new LinkedHashMap<>();
    SPECIAL.forEach(token -> vocabulary.put(token, vocabulary.size()));
    BYTE_SYMBOLS.forEach(symbol -> vocabulary.putIfAbsent(symbol, vocabulary.size()));
    merges.forEach(merge -> vocabulary.putIfAbsent(merge.joined(), vocabulary.size()));
    words.forEach(word -> vocabulary.putIfAbsent(word, vocabulary.size()));
    List<Object> added = new ArrayList<>();
    SPECIAL.forEach(token -> added.add(added(added.size(), token, true)));
    added.add(
        added(vocabulary.size(), InstructionPrompt.request(Lessons.INSTRUCTIONS_PER_CHUNK), false));

    Map<String, Object> model = new LinkedHashMap<>();
    model.put("type", "BPE");
    model.put("fuse_unk", false);
    model.put("byte_fallback", false);
    model.put("ignore_merges", !words.isEmpty());
    model.put("vocab", vocabulary);
    model.put(
        "merges", merges.stream().map(merge -> List.of(merge.left(), merge.right())).toList());
    Map<String, Object> tokenizer = new LinkedHashMap<>();
    tokenizer.put("version", "1.0");
    tokenizer.put("added_tokens", added);
    tokenizer.put(
        "pre_tokenizer",
        ordered(
            "type",
            "Sequence",
            "pretokenizers",
            List.of(
                ordered(
                    "type",
                    "Split",
                    "pattern",
                    ordered("Regex", pieces.pattern()),
                    "behavior",
                    "Isolated",
                    "invert",
                    false),
                byteLevel())));
    tokenizer.put("post_processor", beginsTexts());
    tokenizer.put("decoder", byteLevel());
    tokenizer.put("model", model);
    Files.writeString(folder.resolve("tokenizer.json"), Json.pretty(tokenizer));
    Files.writeString(
        folder.resolve("tokenizer_config.json"),
        Json.pretty(
            ordered(
                "tokenizer_class",
                "PreTrainedTokenizerFast",
                "bos_token",
                BEGIN,
                "eos_token",
                END,
                "clean_up_tokenization_spaces",
                false,
                "model_max_length",
                TinyShape.WINDOW)));
    Files.writeString(folder.resolve("chat_template.jinja"), TEMPLATE);
    return vocabulary.size() + 1;
  }

  /** The pieces of a text as symbols. */
  static Stream<String> pieces(Pattern pieces, String text) {
    return pieces.matcher(text).results().map(MatchResult::group).map(TokenizerFiles::symbols);
  }

  /** Byte-level BPE writes a byte as a printable character; these are GPT-2's. */
  static String symbols(String text) {
    StringBuilder symbols = new StringBuilder();
    text.chars().forEach(c -> symbols.append(BYTE_SYMBOLS.get(c)));
    return symbols.toString();
  }

  /** The characters of the 256 bytes, by byte. */
  private static List<String> byteSymbols() {
    List<String> symbols = new ArrayList<>();
    int shifted = 256;
    for (int value = 0; value < 256; value++) {
      boolean printable =
          (value >= '!' && value <= '~')
              || (value >= 0xA1 && value <= 0xAC)
              || (value >= 0xAE && value <= 0xFF);
      symbols.add(Character.toString(printable ? value : shifted++));
    }
    return symbols;
  }

  private static Map<String, Object> byteLevel() {
    return ordered(
        "type", "ByteLevel", "add_prefix_space", false, "trim_offsets", false, "use_regex", false);
  }

  /** Puts the begin token before texts. */
  private static Map<String, Object> beginsTexts() {
    Object begin = ordered("SpecialToken", ordered("id", BEGIN, "type_id", 0));
    Object first = ordered("Sequence", ordered("id", "A", "type_id", 0));
    Object second = ordered("Sequence", ordered("id", "B", "type_id", 1));
    return ordered(
        "type",
        "TemplateProcessing",
        "single",
        List.of(begin, first),
        "pair",
        List.of(begin, first, second),
        "special_tokens",
        ordered(
            BEGIN,
            ordered(
                "id", BEGIN, "ids", List.of(SPECIAL.indexOf(BEGIN)), "tokens", List.of(BEGIN))));
  }

  private static Map<String, Object> added(int id, String content, boolean special) {
    return ordered(
        "id",
        id,
        "content",
        content,
        "single_word",
        false,
        "lstrip",
        false,
        "rstrip",
        false,
        "normalized",
        false,
        "special",
        special);
  }

  private static Map<String, Object> ordered(Object... keysAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }
}
