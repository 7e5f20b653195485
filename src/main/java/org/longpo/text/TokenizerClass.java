package org.longpo.text;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.longpo.error.UserError;
import org.longpo.files.ModelFolder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The class by which transformers 5.18 opens a tokenizer. Some classes use {@code tokenizer.json}
 * as it is written, others only its vocabulary, merges, post-processor and added tokens, and have
 * rules of their own for the rest.
 */
enum TokenizerClass {
  /** {@code PreTrainedTokenizerFast}, which transformers 5 calls {@code TokenizersBackend}. */
  AS_WRITTEN,
  /** Spaces as ▁, one before a text unless {@code add_prefix_space} is false. */
  LLAMA,
  /** Bytes, cut by Qwen's pattern, in normal form C. */
  QWEN2,
  /** Bytes, cut by GPT-2's pattern. */
  GPT2,
  /** Spaces as ▁, none before a text. */
  GEMMA;

  private static final String CLASS = "tokenizer_class";
  private static final String PREFIX_SPACE = "add_prefix_space";
  private static final String UNKNOWN = "unk_token";
  private static final String END_OF_TEXT = "<|endoftext|>";

  private static final String QWEN_PATTERN =
      "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}|"
          + " ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

  /**
   * The class for a model folder. It depends on the model's type too: for qwen2 and mistral
   * transformers does not look at the name.
   *
   * @param config {@code tokenizer_config.json}
   * @throws UserError if it is a class whose rules are not known here
   */
  static TokenizerClass of(ModelFolder folder, ObjectNode config) {
    String where = folder.path().resolve(TokenizerFiles.CONFIG).toString();
    JsonNode code = config.path("auto_map");
    if (code.isArray() || code.has("AutoTokenizer")) {
      throw new UserError(
          where
              + ": auto_map names a tokenizer of the model's own Python code, which is not run;"
              + " remove auto_map if tokenizer.json describes the same tokenizer.");
    }
    JsonNode model =
        folder.has(ModelFolder.CONFIG)
            ? folder.json(ModelFolder.CONFIG)
            : JsonNodeFactory.instance.objectNode();
    Optional<String> name = text(config.path(CLASS)).or(() -> text(model.path(CLASS)));
    return switch (modelType(model)) {
      case "mistral" -> AS_WRITTEN;
      case "qwen2" -> QWEN2;
      case "qwen3" -> name.isEmpty() ? QWEN2 : byName(name.get(), where);
      case "gemma3_text" -> name.isEmpty() ? GEMMA : byName(name.get(), where);
      default -> name.isEmpty() ? AS_WRITTEN : byName(name.get(), where);
    };
  }

  private static String modelType(JsonNode model) {
    return text(model.path("model_type"))
        .orElseGet(
            () ->
                switch (model.path("architectures").path(0).asString("")) {
                  case "MistralForCausalLM" -> "mistral";
                  case "Qwen2ForCausalLM" -> "qwen2";
                  case "Qwen3ForCausalLM" -> "qwen3";
                  case "Gemma3ForCausalLM" -> "gemma3_text";
                  default -> "";
                });
  }

  private static TokenizerClass byName(String name, String where) {
    return switch (name.replaceFirst("Fast$", "")) {
      case "PreTrainedTokenizer", "TokenizersBackend", "PythonBackend" -> AS_WRITTEN;
      case "LlamaTokenizer" -> LLAMA;
      case "Qwen2Tokenizer" -> QWEN2;
      case "GPT2Tokenizer" -> GPT2;
      case "GemmaTokenizer" -> GEMMA;
      default ->
          throw new UserError(
              "%s: %s is %s, whose rules are not known; supported are LlamaTokenizer, Qwen2Tokenizer, GPT2Tokenizer, GemmaTokenizer and PreTrainedTokenizerFast, which uses tokenizer.json as it is written."
                  .formatted(where, CLASS, name));
    };
  }

  /** Named tokens of the class; the configuration's win over them. */
  Map<String, String> namedTokens() {
    Map<String, String> tokens = new LinkedHashMap<>();
    switch (this) {
      case AS_WRITTEN -> {
        // It has none.
      }
      case LLAMA -> {
        tokens.put("bos_token", "<s>");
        tokens.put("eos_token", "</s>");
        tokens.put(UNKNOWN, "<unk>");
      }
      case QWEN2 -> {
        tokens.put("eos_token", END_OF_TEXT);
        tokens.put(UNKNOWN, END_OF_TEXT);
        tokens.put("pad_token", END_OF_TEXT);
      }
      case GPT2 -> {
        tokens.put("bos_token", END_OF_TEXT);
        tokens.put("eos_token", END_OF_TEXT);
        tokens.put(UNKNOWN, END_OF_TEXT);
      }
      case GEMMA -> {
        tokens.put("bos_token", "<bos>");
        tokens.put("eos_token", "<eos>");
        tokens.put(UNKNOWN, "<unk>");
        tokens.put("pad_token", "<pad>");
        tokens.put("mask_token", "<mask>");
      }
    }
    return tokens;
  }

  /** Replaces in {@code tokenizer.json} what the class does not use. */
  void rebuild(ObjectNode definition, ObjectNode config) {
    switch (this) {
      case AS_WRITTEN -> {
        // Nothing.
      }
      case LLAMA -> {
        boolean space = config.path(PREFIX_SPACE).asBoolean(true);
        String scheme =
            !space ? "never" : config.path("legacy").asBoolean(false) ? "always" : "first";
        definition.putNull("normalizer");
        definition
            .putObject("pre_tokenizer")
            .put("type", "Metaspace")
            .put("replacement", "▁")
            .put("prepend_scheme", scheme)
            .put("split", false);
        ArrayNode decoders = spaceDecoders(definition);
        if (space) {
          decoders
              .addObject()
              .put("type", "Strip")
              .put("content", " ")
              .put("start", 1)
              .put("stop", 0);
        }
        model(definition, true);
      }
      case QWEN2 -> {
        definition.putObject("normalizer").put("type", "NFC");
        ArrayNode steps =
            definition.putObject("pre_tokenizer").put("type", "Sequence").putArray("pretokenizers");
        ObjectNode split = steps.addObject().put("type", "Split");
        split.putObject("pattern").put("Regex", QWEN_PATTERN);
        split.put("behavior", "Isolated").put("invert", false);
        byteLevel(steps.addObject(), config.path(PREFIX_SPACE).asBoolean(false), false);
        byteLevel(definition.putObject("decoder"), true, true);
        model(definition, false);
      }
      case GPT2 -> {
        definition.putNull("normalizer");
        byteLevel(
            definition.putObject("pre_tokenizer"),
            config.path(PREFIX_SPACE).asBoolean(false),
            true);
        byteLevel(definition.putObject("decoder"), true, true);
        model(definition, false);
      }
      case GEMMA -> {
        replace(definition.putObject("normalizer"), " ", "▁");
        ObjectNode split = definition.putObject("pre_tokenizer").put("type", "Split");
        split.putObject("pattern").put("String", " ");
        split.put("behavior", "MergedWithPrevious").put("invert", false);
        spaceDecoders(definition);
        Optional<String> unknown = text(definition.path("model").path(UNKNOWN));
        model(definition, true);
        // For what has not even tokens of its bytes; the other classes drop it.
        unknown.ifPresent(token -> ((ObjectNode) definition.path("model")).put(UNKNOWN, token));
      }
    }
  }

  /** From ▁ and bytes to text; a class may add to it. */
  private static ArrayNode spaceDecoders(ObjectNode definition) {
    ArrayNode decoders =
        definition.putObject("decoder").put("type", "Sequence").putArray("decoders");
    replace(decoders.addObject(), "▁", " ");
    decoders.addObject().put("type", "ByteFallback");
    decoders.addObject().put("type", "Fuse");
    return decoders;
  }

  private static void replace(ObjectNode step, String from, String to) {
    step.put("type", "Replace").putObject("pattern").put("String", from);
    step.put("content", to);
  }

  private static void byteLevel(ObjectNode node, boolean prefixSpace, boolean ownPattern) {
    node.put("type", "ByteLevel")
        .put(PREFIX_SPACE, prefixSpace)
        .put("trim_offsets", true)
        .put("use_regex", ownPattern);
  }

  /** The BPE that a class makes of vocabulary and merges. */
  private static void model(ObjectNode definition, boolean byteFallback) {
    ObjectNode model = (ObjectNode) definition.path("model");
    model.put("type", "BPE");
    for (String key :
        new String[] {"dropout", UNKNOWN, "continuing_subword_prefix", "end_of_word_suffix"}) {
      model.putNull(key);
    }
    model.put("fuse_unk", byteFallback);
    model.put("byte_fallback", byteFallback);
    model.put("ignore_merges", false);
  }

  private static Optional<String> text(JsonNode node) {
    return node.isString() && !node.asString().isEmpty()
        ? Optional.of(node.asString())
        : Optional.empty();
  }
}
