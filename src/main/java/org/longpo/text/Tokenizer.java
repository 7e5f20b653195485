package org.longpo.text;

import ai.djl.huggingface.tokenizers.Encoding;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.longpo.error.UserError;
import org.longpo.files.Json;
import org.longpo.files.ModelFolder;
import org.longpo.files.Sha256;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * A checkpoint's tokenizer: text to ids and back, without truncation, padding or added tokens. Safe
 * to share by threads; text and ids of any length, in linear time.
 *
 * <p>Unpaired surrogates, which no UTF-8 text can hold, are encoded as U+FFFD.
 */
public final class Tokenizer implements AutoCloseable {
  private final TokenizerFiles files;
  private final SpecialTokens special;
  private final NativeTokenizer encoder;
  private final NativeTokenizer decoder;
  private final BitSet byteTokens;
  private final int vocabularySize;
  private final OptionalInt beginToken;
  private final int[] endTokens;

  private Tokenizer(TokenizerFiles files) {
    this.files = files;
    this.special = new SpecialTokens(files.special());
    this.vocabularySize = 1 + highestId(files);
    this.byteTokens = byteTokens(files);
    this.endTokens = endTokens(files);
    String where = files.folder().resolve(TokenizerFiles.DEFINITION).toString();
    this.beginToken = PostProcessor.beginToken(files.definition(), where);
    this.decoder = new NativeTokenizer(files.definition(), where);
    try {
      this.encoder = new NativeTokenizer(SecretNames.applied(files, special), where);
    } catch (Throwable e) {
      decoder.close();
      throw e;
    }
  }

  /**
   * Reads {@code tokenizer.json} and what of {@code tokenizer_config.json}, {@code
   * special_tokens_map.json} and {@code added_tokens.json} there is, as transformers does; for the
   * end tokens {@code generation_config.json} or {@code config.json}.
   *
   * @throws UserError if the first is missing, one of them is broken or contains what is not
   *     supported, or the model is not BPE
   */
  public static Tokenizer load(Path modelFolder) {
    return new Tokenizer(TokenizerFiles.read(modelFolder));
  }

  /** Plain text: no token is added, and the strings of special tokens are ordinary text. */
  public int[] encodeText(String text) {
    return ids(encoder.encode(wellFormed(text)));
  }

  /** As {@link #encodeText}, with the text that each token covers. */
  public TokenSpans encodeTextWithSpans(String text) {
    return spans(text);
  }

  /** The number of tokens of {@link #encodeText}. */
  public int countTokens(String text) {
    return encodeText(text).length;
  }

  /** The string of special tokens in {@code rendered} become those tokens; none is added. */
  public int[] encodeTemplate(String rendered) {
    return ids(encoder.encode(wellFormed(special.resolve(rendered))));
  }

  /** The text of {@code tokens}, special tokens left out, spaces as they are. */
  public String decode(int... tokens) {
    return decoder.decode(checked(tokens), true);
  }

  /** The text of {@code tokens}, special tokens by their strings. */
  public String decodeWithSpecial(int... tokens) {
    return decoder.decode(checked(tokens), false);
  }

  /** Decodes ids one after the other, as they are sampled. */
  public TextStream stream() {
    return new TextStream(this, new int[0]);
  }

  /**
   * Decodes ids that continue others, whose text is known: a space between the two texts is kept,
   * which decoding the new ids alone would drop with some tokenizers.
   */
  public TextStream streamAfter(int[] before) {
    return new TextStream(this, before);
  }

  /** All ids are below this; a model's embedding may have more rows. */
  public int vocabularySize() {
    return vocabularySize;
  }

  /**
   * Checks that a model has a row for every token that a text can become, and for those that begin
   * and end texts.
   *
   * @param rows of the model's embedding
   * @throws UserError that names the lowest id for which there is none
   */
  public void requireRows(int rows) {
    ReachableTokens.requireRows(files, beginToken, endTokens, rows);
  }

  /** A token's own string, as the tokenizer's files have it; empty if there is no such id. */
  public String tokenString(int id) {
    return ReachableTokens.string(files, id);
  }

  /**
   * The token that transformers puts before a text, as {@code tokenizer.json} defines it; many
   * models have none although they name a {@code bos_token}. Chat templates write it themselves.
   */
  public OptionalInt beginToken() {
    return beginToken;
  }

  /**
   * The tokens that end a response, none twice: {@code eos_token}, then {@code eos_token_id} of
   * {@code generation_config.json}, or of {@code config.json} where that has none.
   */
  public int[] endTokens() {
    return endTokens.clone();
  }

  /**
   * Of everything that decides token ids and the end of a response, in whichever file it is: ids
   * have a meaning only together with it.
   */
  public String sha256() {
    String parts = files.sha256() + " " + Arrays.toString(endTokens);
    return Sha256.of(parts.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    encoder.close();
    decoder.close();
  }

  TokenizerFiles files() {
    return files;
  }

  SpecialTokens special() {
    return special;
  }

  /** The strings of tokens that have a name, such as {@code eos_token}. */
  Map<String, String> namedTokens() {
    return files.named();
  }

  /** The id of an added token, special or not, by its string. */
  OptionalInt addedToken(String content) {
    for (JsonNode token : files.addedTokens()) {
      if (token.path("content").asString("").equals(content)) {
        return OptionalInt.of(token.path("id").asInt());
      }
    }
    return OptionalInt.empty();
  }

  /** Whether the token is one byte whose character depends on its neighbours. */
  boolean isByteToken(int token) {
    return byteTokens.get(token);
  }

  /** Encodes text whose special tokens are already under their secret names. */
  TokenSpans spans(String resolved) {
    String text = wellFormed(resolved);
    Encoding encoding = encoder.encode(text);
    int[] unit = unitOfCodePoint(text);
    var spans = encoding.getCharTokenSpans();
    int[] starts = new int[spans.length];
    int[] ends = new int[spans.length];
    for (int i = 0; i < spans.length; i++) {
      starts[i] = unit[spans[i].getStart()];
      ends[i] = unit[spans[i].getEnd()];
    }
    return new TokenSpans(ids(encoding), starts, ends);
  }

  private static int[] ids(Encoding encoding) {
    return Arrays.stream(encoding.getIds()).mapToInt(Math::toIntExact).toArray();
  }

  /** Where code point i begins in UTF-16 units, with one entry more for the end. */
  private static int[] unitOfCodePoint(String text) {
    int[] unit = new int[text.codePointCount(0, text.length()) + 1];
    int at = 0;
    for (int i = 0; i < unit.length - 1; i++) {
      unit[i] = at;
      at += Character.charCount(text.codePointAt(at));
    }
    unit[unit.length - 1] = at;
    return unit;
  }

  private static String wellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return replaceUnpaired(text);
      }
    }
    return text;
  }

  private static String replaceUnpaired(String text) {
    return text.codePoints()
        .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private int[] checked(int[] tokens) {
    for (int token : tokens) {
      if (token < 0) {
        throw new IllegalArgumentException("token id " + token + " is negative");
      }
    }
    return tokens;
  }

  private static int highestId(TokenizerFiles files) {
    int highest = -1;
    for (JsonNode id : files.vocabulary()) {
      highest = Math.max(highest, id.asInt());
    }
    for (JsonNode token : files.addedTokens()) {
      highest = Math.max(highest, token.path("id").asInt());
    }
    return highest;
  }

  /** {@code <0x00>} to {@code <0xFF>}, if the decoder joins such tokens to characters. */
  private static BitSet byteTokens(TokenizerFiles files) {
    BitSet tokens = new BitSet();
    if (files.definition().path("decoder").findValuesAsString("type").contains("ByteFallback")) {
      for (int value = 0; value < 256; value++) {
        JsonNode id = files.vocabulary().path("<0x%02X>".formatted(value));
        if (id.isInt()) {
          tokens.set(id.asInt());
        }
      }
    }
    return tokens;
  }

  private static int[] endTokens(TokenizerFiles files) {
    Set<Integer> ends = new LinkedHashSet<>();
    Optional.ofNullable(files.named().get("eos_token"))
        .map(files.special()::get)
        .ifPresent(ends::add);
    ModelFolder folder = ModelFolder.of(files.folder());
    JsonNode given = configured(folder, "generation_config.json");
    for (JsonNode id : given.isMissingNode() ? configured(folder, ModelFolder.CONFIG) : given) {
      if (!id.canConvertToInt() || id.asInt() < 0) {
        throw new UserError(files.folder() + ": eos_token_id " + id + " is no token id.");
      }
      ends.add(id.asInt());
    }
    return ends.stream().mapToInt(Integer::intValue).toArray();
  }

  /** {@code eos_token_id} as an array, or a missing node. */
  private static JsonNode configured(ModelFolder folder, String name) {
    JsonNode id =
        folder.has(name) ? folder.json(name).path("eos_token_id") : MissingNode.getInstance();
    if (id.isArray() || id.isMissingNode()) {
      return id;
    }
    return id.isNull() ? MissingNode.getInstance() : Json.mapper().createArrayNode().add(id);
  }
}
