package org.longpo.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContextAndContinuationTest {
  @TempDir Path folder;

  /** Every character is a token, but "ab" is one. */
  private static int[] encode(String text) {
    return text.replace("ab", "\u00e4").chars().toArray();
  }

  private static ContextAndContinuation divide(String context, String continuation) {
    return ContextAndContinuation.of(
            ContextAndContinuationTest::encode, context, List.of(continuation))
        .getFirst();
  }

  @ParameterizedTest
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      value = {"x,' y'", "'x ',y", "'x',' y'"})
  void shouldGiveSpaceAtTheContextsEndToTheContinuation(String context, String continuation) {
    ContextAndContinuation parts = divide(context, continuation);
    assertThat(parts.context()).isEqualTo(encode("x"));
    assertThat(parts.continuation()).isEqualTo(encode(" y"));
    assertThat(parts.sequence()).isEqualTo(encode("x y"));
  }

  @Test
  void shouldTakeNoBreakSpacesAsSpaceAsPythonDoes() {
    assertThat(divide("x\u00a0\n", "y").continuation()).isEqualTo(encode("\u00a0\ny"));
  }

  @Test
  void shouldScoreWhatFollowsTheContextsOwnNumberOfIds() {
    // "xab" is x and ab, so b alone has no id: the harness scores what follows two ids.
    ContextAndContinuation parts = divide("xa", "bc");
    assertThat(parts.context()).isEqualTo(encode("xa"));
    assertThat(parts.continuation()).isEqualTo(encode("c"));
    assertThat(divide("xa", "b").continuation()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"llama3, byte_level_llama3", "mistral_v1, byte_fallback_llama2"})
  void shouldBeginAConversationWithOneBeginToken(String template, String tokenizerName) {
    Path model = GoldenModel.create(folder.resolve("model"), tokenizerName, template);
    try (Tokenizer tokenizer = Tokenizer.load(model)) {
      PromptEncoder prompts =
          new PromptEncoder(tokenizer, ChatTemplate.load(model, tokenizer, ChatSettings.DEFAULTS));
      int begin = tokenizer.beginToken().orElseThrow();
      ContextAndContinuation asChat =
          prompts.answers(List.of(Message.user("Who?")), List.of("Ida")).getFirst();
      ContextAndContinuation asText = prompts.continuations("Who?", List.of(" Ida")).getFirst();
      for (ContextAndContinuation parts : List.of(asChat, asText)) {
        assertThat(parts.context()).startsWith(begin);
        assertThat(Arrays.stream(parts.sequence()).filter(id -> id == begin)).hasSize(1);
      }
      assertThat(tokenizer.decode(asChat.continuation()).strip()).isEqualTo("Ida");
    }
  }

  @Test
  void shouldTakeSpecialStringsOfAnswersAsText() {
    Path model = GoldenModel.create(folder.resolve("model"), "byte_level_qwen", "chatml");
    try (Tokenizer tokenizer = Tokenizer.load(model)) {
      PromptEncoder prompts =
          new PromptEncoder(tokenizer, ChatTemplate.load(model, tokenizer, ChatSettings.DEFAULTS));
      int[] scored =
          prompts
              .answers(List.of(Message.user("Who?")), List.of("<|im_end|>"))
              .getFirst()
              .continuation();
      assertThat(tokenizer.decode(scored)).endsWith("<|im_end|>");
    }
  }
}
