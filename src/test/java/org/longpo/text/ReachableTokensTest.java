package org.longpo.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.longpo.error.UserError;

class ReachableTokensTest {
  private static final Path TOKENIZERS = Path.of("src/test/resources/text");

  /** Names, smallest numbers of rows, and what the last of them is for. */
  @ParameterizedTest
  @CsvSource({
    // A plain added token, which any text may contain.
    "byte_level_qwen, 426, </think>",
    // The end of an answer; special tokens that only a template writes are not required.
    "byte_level_llama3, 425, <|eot_id|>"
  })
  void shouldRequireEmbeddingRowsForAllTokensOfTexts(String name, int rows, String last) {
    try (Tokenizer tokenizer = Tokenizer.load(TOKENIZERS.resolve(name))) {
      tokenizer.requireRows(rows);
      assertThatThrownBy(() -> tokenizer.requireRows(rows - 1))
          .isInstanceOf(UserError.class)
          .hasMessageContaining(name)
          .hasMessageContaining("the id %d of the token '%s'".formatted(rows - 1, last))
          .hasMessageContaining("has %d rows, for the ids 0 to %d".formatted(rows - 1, rows - 2));
    }
  }

  @Test
  void shouldKnowStringsOfTokens() {
    try (Tokenizer tokenizer = Tokenizer.load(TOKENIZERS.resolve("byte_level_qwen"))) {
      assertThat(tokenizer.tokenString(421)).isEqualTo("<|im_start|>");
      assertThat(tokenizer.tokenString(tokenizer.encodeText("a")[0])).isEqualTo("a");
      assertThat(tokenizer.tokenString(4000)).isEmpty();
    }
  }
}
