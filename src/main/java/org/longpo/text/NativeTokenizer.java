package org.longpo.text;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import org.longpo.error.UserError;
import org.longpo.files.Json;
import tools.jackson.databind.JsonNode;

/**
 * The tokenizers library without its automatic truncation, padding and added tokens. Safe to share
 * by threads.
 */
final class NativeTokenizer implements AutoCloseable {
  static {
    // Otherwise the library reports its use to a server and may download native libraries.
    System.setProperty("ai.djl.offline", "true");
  }

  /** By default the library cuts at 512 tokens, pads batches and adds special tokens. */
  private static final Map<String, String> NOTHING_UNASKED =
      Map.of("truncation", "false", "padding", "false", "addSpecialTokens", "false");

  private final HuggingFaceTokenizer library;

  /** {@code where} names the file for the error. */
  NativeTokenizer(JsonNode definition, String where) {
    try {
      byte[] json = Json.mapper().writeValueAsBytes(definition);
      library = HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), NOTHING_UNASKED);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      throw new UserError(
          where + " is not a tokenizer that the tokenizers library reads: " + e.getMessage() + ".",
          e);
    }
  }

  /** Offsets of the result are Unicode code points, not UTF-16 units. */
  Encoding encode(String text) {
    return library.encode(text, false, false);
  }

  String decode(int[] tokens, boolean skipSpecial) {
    return tokens.length == 0
        ? ""
        : library.decode(Arrays.stream(tokens).asLongStream().toArray(), skipSpecial);
  }

  @Override
  public void close() {
    library.close();
  }
}
