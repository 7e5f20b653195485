package org.longpo.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.longpo.error.UserError;

/** What of a conversation becomes a special token, and which ids are the responses'. */
class PromptEncoderTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "mistral_v1, byte_fallback_llama2",
    "mistral_v3, byte_fallback_mistral",
    "llama2, byte_fallback_llama2",
    "llama31, byte_level_llama3",
    "qwen25, byte_level_qwen",
    "zephyr, byte_fallback_llama2"
  })
  void shouldTreatSpecialStringsOfContentsAsText(String template, String tokenizerName) {
    try (Model model = new Model(tokenizerName, template)) {
      String all = String.join("x", model.tokenizer.special().idByContent().keySet());
      String attack = "a" + all + all.strip() + "b";
      int[] calm = model.encoder.of("ab").tokens();
      int[] attacked = model.encoder.of(attack).tokens();
      assertThat(model.specialTokens(attacked)).isEqualTo(model.specialTokens(calm)).isNotEmpty();
      assertThat(model.tokenizer.decodeWithSpecial(attacked)).contains(attack);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "mistral_v1, byte_fallback_llama2", "mistral_v3, byte_fallback_mistral",
    "llama3, byte_level_llama3", "llama31, byte_level_llama3"
  })
  void shouldBeginWithOneBeginToken(String template, String tokenizerName) {
    try (Model model = new Model(tokenizerName, template)) {
      int begin = model.tokenizer.beginToken().orElseThrow();
      int[] prompt = model.encoder.of("Hello").tokens();
      assertThat(prompt).startsWith(begin);
      assertThat(Arrays.stream(prompt).filter(id -> id == begin)).hasSize(1);
    }
  }

  /** Golden ids of the same conversation with its answers as text that encodes to these ids. */
  @ParameterizedTest
  @CsvSource({
    "mistral_v1, byte_fallback_llama2",
    "mistral_v1, byte_fallback_mistral",
    "mistral_v3, byte_fallback_mistral",
    "llama2, byte_fallback_llama2",
    "llama3, byte_level_llama3",
    "llama31, byte_level_llama3",
    "chatml, byte_level_qwen",
    "qwen25, byte_level_qwen",
    "qwen3, byte_level_qwen"
  })
  void shouldPromptAsTransformersDoesForThePrecedingTurns(String template, String tokenizerName) {
    try (Model model = new Model(tokenizerName, template)) {
      int[] one = model.tokenizer.encodeText("One.");
      int[] two = model.tokenizer.encodeText("Two.");
      int[] three = model.tokenizer.encodeText("Three.");
      Conversation conversation =
          model.encoder.conversation(
              List.of(
                  Turn.user("One?"),
                  Turn.response(one),
                  Turn.user("Two?"),
                  Turn.response(two),
                  Turn.user("Three?"),
                  Turn.response(three)));
      int[] expected =
          Golden.rows("templates/" + template + ".json")
              .filter(row -> row.path("chat").asString().equals("turns"))
              .filter(row -> row.path("addGenerationPrompt").asBoolean())
              .map(row -> Golden.ids(row.path("ids").path(tokenizerName)))
              .findFirst()
              .orElseThrow();
      assertThat(conversation.responses()).hasSize(3);
      assertThat(slice(conversation, 0)).isEqualTo(one);
      assertThat(slice(conversation, 1)).isEqualTo(two);
      assertThat(slice(conversation, 2)).isEqualTo(three);
      int start = conversation.responses().get(2).start();
      assertThat(Arrays.copyOf(conversation.tokens(), start)).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "mistral_v1, byte_fallback_llama2",
    "mistral_v3, byte_fallback_mistral",
    "llama2, byte_fallback_llama2",
    "llama31, byte_level_llama3",
    "chatml, byte_level_qwen",
    "qwen3, byte_level_qwen",
    "zephyr, byte_fallback_llama2"
  })
  void shouldNotDoubleAnEndTokenThatWasSampled(String template, String tokenizerName) {
    try (Model model = new Model(tokenizerName, template)) {
      int end = model.tokenizer.endTokens()[0];
      int[] cut = model.tokenizer.encodeText("One.");
      int[] ended = Arrays.copyOf(cut, cut.length + 1);
      ended[cut.length] = end;
      List<Turn> turns =
          List.of(Turn.user("A"), Turn.response(cut), Turn.user("B"), Turn.response(cut));
      List<Turn> endedTurns =
          List.of(Turn.user("A"), Turn.response(ended), Turn.user("B"), Turn.response(ended));
      Conversation open = model.encoder.conversation(turns);
      Conversation closed = model.encoder.conversation(endedTurns);
      assertThat(slice(closed, 0)).isEqualTo(ended);
      assertThat(slice(closed, 1)).isEqualTo(ended);
      assertThat(ends(closed, end)).isEqualTo(ends(open, end));
      if (!template.equals("llama2")) {
        // That template puts a space before its end token, where the model puts none.
        assertThat(closed.tokens()).isEqualTo(open.tokens());
      }
    }
  }

  @Test
  void shouldMaskExactlyTheResponses() {
    try (Model model = new Model("byte_level_qwen", "chatml")) {
      // Ids that no text encodes to: they must pass as they are.
      int[] odd = {5, 5, 5, 200, 3};
      Conversation conversation =
          model.encoder.conversation(
              List.of(Turn.user("庭 😀"), Turn.response(odd), Turn.user("x"), Turn.response(7)));
      boolean[] mask = conversation.mask();
      int[] masked =
          IntStream.range(0, mask.length)
              .filter(i -> mask[i])
              .map(i -> conversation.tokens()[i])
              .toArray();
      assertThat(masked).containsExactly(5, 5, 5, 200, 3, 7);
      int[] rest =
          IntStream.range(0, mask.length)
              .filter(i -> !mask[i])
              .map(i -> conversation.tokens()[i])
              .toArray();
      assertThat(model.tokenizer.decodeWithSpecial(rest))
          .isEqualTo(
              "<|im_start|>user\n庭 😀<|im_end|>\n<|im_start|>assistant\n<|im_end|>\n"
                  + "<|im_start|>user\nx<|im_end|>\n<|im_start|>assistant\n<|im_end|>\n");
    }
  }

  @Test
  void shouldKeepAnEmptyResponse() {
    try (Model model = new Model("byte_level_qwen", "chatml")) {
      Conversation conversation =
          model.encoder.conversation(List.of(Turn.user("x"), Turn.response()));
      assertThat(conversation.responses().getFirst().length()).isZero();
      assertThat(model.tokenizer.decodeWithSpecial(conversation.tokens()))
          .endsWith("<|im_start|>assistant\n<|im_end|>\n");
    }
  }

  /** The token of the template, not the first of the tokens that may end an answer. */
  @ParameterizedTest
  @CsvSource({
    "mistral_v3, byte_fallback_mistral, </s>",
    "llama31, byte_level_llama3, <|eot_id|>",
    "qwen25, byte_level_qwen, <|im_end|>"
  })
  void shouldEndAnswersOfTextAsTheTemplateDoes(String template, String tokenizerName, String end) {
    try (Model model = new Model(tokenizerName, template)) {
      int[] ended = model.encoder.answer("The lamp.", true);
      assertThat(model.tokenizer.decodeWithSpecial(ended)).isEqualTo("The lamp." + end);
      assertThat(model.encoder.answer("The lamp.", false))
          .isEqualTo(Arrays.copyOf(ended, ended.length - 1));
      assertThat(model.encoder.continued("The lamp.").tokens())
          .endsWith(model.tokenizer.encodeText("The lamp."));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "mistral_v3, byte_fallback_mistral",
    "llama2, byte_fallback_llama2",
    "llama31, byte_level_llama3",
    "qwen25, byte_level_qwen"
  })
  void shouldPutBegunAnswersAfterTheOpening(String template, String tokenizerName) {
    try (Model model = new Model(tokenizerName, template)) {
      List<Message> messages = List.of(Message.user("Where is the lamp?"));
      String begun = " The lamp <s></s><|im_end|><|eot_id|> is";
      Prompt prompt = model.encoder.begun(messages, begun);
      String opened = model.tokenizer.decodeWithSpecial(model.encoder.of(messages).tokens());
      assertThat(model.tokenizer.decodeWithSpecial(prompt.tokens())).isEqualTo(opened + begun);
      assertThat(model.specialTokens(prompt.tokens()))
          .isEqualTo(model.specialTokens(model.encoder.of(messages).tokens()));
      assertThat(prompt.messages())
          .containsExactly(Message.user("Where is the lamp?"), Message.assistant(begun));
    }
  }

  @Test
  void shouldBeginAnswersRightAfterTheMessageWithoutATemplate() throws IOException {
    Path model = GoldenModel.create(folder.resolve("plain"), "byte_level_qwen", "qwen25");
    Files.delete(model.resolve("chat_template.jinja"));
    try (Tokenizer tokenizer = Tokenizer.load(model)) {
      PromptEncoder encoder = new PromptEncoder(tokenizer, ChatTemplate.load(model, tokenizer));
      Prompt prompt = encoder.begun(List.of(Message.user("Where is it?\n\n")), " It is");
      assertThat(tokenizer.decodeWithSpecial(prompt.tokens())).isEqualTo("Where is it?\n\n It is");
    }
  }

  @Test
  void shouldPassOnTheTemplatesOwnMessage() {
    try (Model model = new Model("byte_fallback_llama2", "mistral_v1")) {
      assertThatThrownBy(() -> model.encoder.of(List.of(Message.user("a"), Message.user("b"))))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("Turns must go user, assistant");
    }
  }

  private static int[] slice(Conversation conversation, int response) {
    Conversation.Span span = conversation.responses().get(response);
    return Arrays.copyOfRange(conversation.tokens(), span.start(), span.end());
  }

  private static long ends(Conversation conversation, int end) {
    return Arrays.stream(conversation.tokens()).filter(id -> id == end).count();
  }

  private final class Model implements AutoCloseable {
    final Tokenizer tokenizer;
    final PromptEncoder encoder;

    Model(String tokenizerName, String template) {
      Path model = GoldenModel.create(folder.resolve("model"), tokenizerName, template);
      tokenizer = Tokenizer.load(model);
      encoder = new PromptEncoder(tokenizer, ChatTemplate.load(model, tokenizer));
    }

    List<Integer> specialTokens(int[] ids) {
      return Arrays.stream(ids).filter(tokenizer.special()::contains).boxed().toList();
    }

    @Override
    public void close() {
      tokenizer.close();
    }
  }
}
