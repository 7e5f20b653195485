package org.longpo.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.longpo.error.UserError;
import org.longpo.text.Conversation;
import org.longpo.text.Message;
import org.longpo.text.Prompt;
import org.longpo.text.Prompts;
import org.longpo.text.TokenSpans;
import org.longpo.text.Tokenizer;
import org.longpo.text.Turn;

class ScoreRequestTest {
  private static final Path TEXT = Path.of("src/test/resources/text");
  private static final String WHERE = "requests.jsonl:3";

  private final Tokenizer tokenizer = Tokenizer.load(TEXT.resolve("byte_level_qwen"));
  private final Tokenizer beginning = Tokenizer.load(TEXT.resolve("byte_level_llama3"));

  @AfterEach
  void close() {
    tokenizer.close();
    beginning.close();
  }

  private static ScoreRequest parse(String json, Tokenizer tokenizer) {
    return ScoreRequest.parse(
        json, new ScoreRequest.Encoder(new OneMessage(tokenizer), 426), WHERE);
  }

  /** A template that refuses a second message. */
  private record OneMessage(Tokenizer tokenizer) implements Prompts {
    @Override
    public Prompt of(List<Message> messages) {
      if (messages.size() > 1) {
        throw new UserError("the chat template refuses the conversation: one at a time");
      }
      return new Prompt(messages, tokenizer.encodeText("<" + messages.getFirst().content() + ">"));
    }

    @Override
    public Conversation conversation(List<Turn> turns) {
      throw new UnsupportedOperationException();
    }

    @Override
    public TokenSpans encode(String text) {
      return tokenizer.encodeTextWithSpans(text);
    }

    @Override
    public OptionalInt beginToken() {
      return tokenizer.beginToken();
    }

    @Override
    public OptionalInt endToken() {
      return OptionalInt.empty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[1] | expected an object with the keys id, context",
        "7 | expected an object with the keys id, context",
        "{\"id\": 1 | line 1",
        "{\"id\": 1, \"id\": 2} | Duplicate",
        "{\"context\": \"a\", \"continuations\": [\"b\"]} | id must be given, a text or a number",
        "{\"id\": null, \"context\": \"a\", \"continuations\": [\"b\"]} | id must be given",
        "{\"id\": 1, \"contexts\": \"a\"} | there is no key contexts; did you mean context?",
        "{\"id\": 1, \"continuations\": [\"b\"]} | exactly one of context, messages,"
            + " context_tokens, but found none",
        "{\"id\": 1, \"context\": \"a\", \"context_tokens\": [1], \"continuations\": [\"b\"]} |"
            + " found context and context_tokens",
        "{\"id\": 1, \"context\": \"a\"} | exactly one of continuations, continuation_tokens, but"
            + " found none",
        "{\"id\": 1, \"context\": [1], \"continuations\": [\"b\"]} | context: expected text, but"
            + " found [1]",
        "{\"id\": 1, \"context\": \"a\", \"continuations\": \"b\"} | continuations: expected a list"
            + " with at least one entry, but found \"b\"",
        "{\"id\": 1, \"context\": \"a\", \"continuations\": []} | continuations: expected a list"
            + " with at least one entry, but found []",
        "{\"id\": 1, \"context\": \"a\", \"continuations\": [3]} | continuations: expected text,"
            + " but found 3",
        "{\"id\": 1, \"context\": \"a\", \"continuations\": [\"\"]} | continuation number 1 has no"
            + " token",
        "{\"id\": 1, \"context\": \"\", \"continuations\": [\"b\"]} | context: the context has no"
            + " token",
        "{\"id\": 1, \"context_tokens\": [], \"continuations\": [\"b\"]} | context_tokens: expected"
            + " a list with at least one entry",
        "{\"id\": 1, \"context_tokens\": [1.0], \"continuations\": [\"b\"]} | context_tokens:"
            + " expected token ids, but found 1.0",
        "{\"id\": 1, \"context_tokens\": [426], \"continuations\": [\"b\"]} | context_tokens: the"
            + " token id 426 is not in the model's vocabulary, 0 to 425",
        "{\"id\": 1, \"context_tokens\": [1], \"continuation_tokens\": [2]} | continuation_tokens:"
            + " expected a list with at least one entry, but found 2",
        "{\"id\": 1, \"context_tokens\": [1], \"continuation_tokens\": [[]]} | continuation_tokens:"
            + " expected a list",
        "{\"id\": 1, \"context_tokens\": [1], \"continuation_tokens\": [[2, -1]]} |"
            + " continuation_tokens: the token id -1",
        "{\"id\": 1, \"context_tokens\": [1], \"continuation_tokens\": [[99999999999]]} | the token"
            + " id 99999999999",
        "{\"id\": 1, \"messages\": {}, \"continuations\": [\"b\"]} | messages: expected a list",
        "{\"id\": 1, \"messages\": [\"hi\"], \"continuations\": [\"b\"]} | messages: expected an"
            + " object with the keys role, content",
        "{\"id\": 1, \"messages\": [{\"role\": \"user\"}], \"continuations\": [\"b\"]} |"
            + " messages.content: expected text, but found nothing",
        "{\"id\": 1, \"messages\": [{\"role\": \"usr\", \"content\": \"x\"}], \"continuations\":"
            + " [\"b\"]} | messages.role: \"usr\" is none of system, user, assistant",
        "{\"id\": 1, \"messages\": [{\"role\": \"user\", \"contents\": \"x\"}], \"continuations\":"
            + " [\"b\"]} | messages: there is no key contents; did you mean content?",
        "{\"id\": 1, \"messages\": [{\"role\": \"user\", \"content\": \"x\"}, {\"role\": \"user\","
            + " \"content\": \"x\"}], \"continuations\": [\"b\"]} | messages: the chat template"
            + " refuses the conversation: one at a time"
      })
  void shouldNameLineAndKeyOfWhatIsWrong(String json, String message) {
    assertThatThrownBy(() -> parse(json, tokenizer))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(WHERE)
        .hasMessageContaining(message);
  }

  @Test
  void shouldTakeTokenIdsAsTheyAre() {
    ScoreRequest request =
        parse(
            "{\"id\": \"a\", \"context_tokens\": [5, 6], \"continuation_tokens\": [[7], [8, 9]]}",
            tokenizer);
    assertThat(request.contexts()).containsExactly(new int[] {5, 6}, new int[] {5, 6});
    assertThat(request.continuations()).containsExactly(new int[] {7}, new int[] {8, 9});
  }

  @Test
  void shouldEncodeTextAndContinuationTogether() {
    ScoreRequest request =
        parse(
            "{\"id\": 1, \"context\": \"The lamp\", \"continuations\": [\" keeper\"]}", tokenizer);
    assertThat(request.contexts().getFirst()).isEqualTo(tokenizer.encodeText("The lamp"));
    assertThat(request.continuations().getFirst()).isEqualTo(tokenizer.encodeText(" keeper"));
  }

  @Test
  void shouldGiveSpaceAtTheContextsEndToTheContinuation() {
    ScoreRequest request =
        parse(
            "{\"id\": 1, \"context\": \"The lamp \", \"continuations\": [\"keeper\"]}", tokenizer);
    assertThat(request.contexts().getFirst()).isEqualTo(tokenizer.encodeText("The lamp"));
    assertThat(request.continuations().getFirst()).isEqualTo(tokenizer.encodeText(" keeper"));
  }

  @Test
  void shouldPutTheTokenizersBeginTokenBeforeText() {
    ScoreRequest request =
        parse("{\"id\": 1, \"context\": \"\", \"continuations\": [\"keeper\"]}", beginning);
    assertThat(request.contexts().getFirst()).containsExactly(beginning.beginToken().orElseThrow());
    assertThat(request.continuations().getFirst()).isEqualTo(beginning.encodeText("keeper"));
  }

  @Test
  void shouldAnswerMessagesWithTheContinuation() {
    ScoreRequest request =
        parse(
            "{\"id\": 1, \"messages\": [{\"role\": \"user\", \"content\": \"Who\"}],"
                + " \"continuations\": [\"keeper\"]}",
            tokenizer);
    assertThat(request.contexts().getFirst()).isEqualTo(tokenizer.encodeText("<Who>"));
    assertThat(request.continuations().getFirst()).isEqualTo(tokenizer.encodeText("keeper"));
  }
}
