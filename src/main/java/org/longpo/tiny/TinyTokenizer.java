package org.longpo.tiny;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.longpo.evaluation.tasks.Needle;
import org.longpo.evaluation.tasks.NeedleWording;
import org.longpo.files.Json;
import org.longpo.pairs.InstructionPrompt;

/**
 * Makes the tiny model's tokenizer: byte-level BPE, so that it reads any text, with merges learned
 * from the world's text, where every word becomes one token.
 *
 * <p>Names and numbers are drawn at random, so nothing about them can be learned from counts: their
 * syllables and groups of up to two digits are merged first. The message that asks for instructions
 * is one token (an added one that is not special): as words it would take more than half of the
 * model's window.
 */
final class TinyTokenizer {
  static final String BEGIN = "<s>";
  static final String END = "</s>";
  private static final List<String> SPECIAL = List.of(BEGIN, END, "[INST]", "[/INST]");

  /** Words, groups of up to two digits, line breaks, white space, everything else. */
  private static final String PIECES =
      " ?\\p{L}+|\\p{N}{1,2}| ?[^\\s\\p{L}\\p{N}]+|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

  private static final String TEMPLATE =
      """
      {{ bos_token }}{% for message in messages %}\
      {% if message['role'] == 'user' %}[INST]{{ message['content'] }}[/INST]\
      {% elif message['role'] == 'assistant' %}{{ message['content'] }}{{ eos_token }}\
      {% else %}{{ raise_exception('Only the roles user and assistant are supported.') }}\
      {% endif %}{% endfor %}
      """;

  private static final List<String> BYTE_SYMBOLS = byteSymbols();

  private static final int TRAINING_SENTENCES = 4_000;
  private static final int LEAST_COUNT = 2;

  private TinyTokenizer() {}

  /** Writes {@code tokenizer.json}, {@code tokenizer_config.json} and the chat template. */
  static int write(Path folder, long seed) throws IOException {
    List<BytePairMerges.Pair> merges = merges(seed);
    Map<String, Integer> vocabulary = new LinkedHashMap<>();
    SPECIAL.forEach(token -> vocabulary.put(token, vocabulary.size()));
    BYTE_SYMBOLS.forEach(symbol -> vocabulary.putIfAbsent(symbol, vocabulary.size()));
    merges.forEach(merge -> vocabulary.putIfAbsent(merge.joined(), vocabulary.size()));
    List<Object> added = new ArrayList<>();
    SPECIAL.forEach(token -> added.add(added(added.size(), token, true)));
    added.add(
        added(vocabulary.size(), InstructionPrompt.request(Lessons.INSTRUCTIONS_PER_CHUNK), false));

    Map<String, Object> model = new LinkedHashMap<>();
    model.put("type", "BPE");
    model.put("fuse_unk", false);
    model.put("byte_fallback", false);
    model.put("ignore_merges", false);
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
                    ordered("Regex", PIECES),
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

  private static List<BytePairMerges.Pair> merges(long seed) {
    Map<String, Long> counts = new HashMap<>();
    Pattern pieces = Pattern.compile(PIECES);
    WorldWriter writer = new WorldWriter(new Random(seed));
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < TRAINING_SENTENCES; i++) {
      writer.beginText();
      Fact fact = writer.fact();
      String key = fact.needle().key();
      texts.add(writer.filler());
      for (String text : List.of(fact.statement(), fact.question())) {
        texts.add(text.replace(key, "").replace(fact.needle().value(), ""));
      }
    }
    NeedleWording wording = NeedleWording.DEFAULTS;
    for (int i = 0; i < LEAST_COUNT; i++) {
      texts.add(wording.prompt().message("", "") + "\n\n");
    }
    for (String text : texts) {
      // A sentence begins a text or follows another one.
      pieces
          .matcher(text + " " + text)
          .results()
          .forEach(piece -> counts.merge(symbols(piece.group()), 1L, Long::sum));
    }
    BytePairMerges merges = new BytePairMerges(counts);
    for (String consonant : Needle.CONSONANTS.split("")) {
      String capital = consonant.toUpperCase(Locale.ROOT);
      for (String vowel : Needle.VOWELS.split("")) {
        merges.merge(consonant, vowel);
        merges.merge(capital, vowel);
        merges.merge(symbols(" "), capital + vowel);
      }
    }
    for (int tens = 0; tens < 100; tens++) {
      merges.merge(String.valueOf(tens / 10), String.valueOf(tens % 10));
    }
    merges.learn(LEAST_COUNT);
    return merges.merges();
  }

  /** Byte-level BPE writes a byte as a printable character; these are GPT-2's. */
  private static String symbols(String text) {
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
