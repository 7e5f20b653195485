package org.longpo.text;

import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.longpo.error.UserError;
import tools.jackson.databind.JsonNode;

/** Holds a template's text, ids and refusals against golden rows. */
final class GoldenChats {
  private GoldenChats() {}

  /** {@code name} picks the tokenizer whose ids count. */
  static void check(List<JsonNode> rows, String name, ChatTemplate template, Tokenizer tokenizer) {
    SoftAssertions.assertSoftly(
        softly -> rows.forEach(row -> check(softly, row, name, template, tokenizer)));
  }

  private static void check(
      SoftAssertions softly,
      JsonNode row,
      String name,
      ChatTemplate template,
      Tokenizer tokenizer) {
    List<Message> messages = Golden.messages(row.path("messages"));
    boolean prompt = row.path("addGenerationPrompt").asBoolean();
    String chat = row.path("chat").asString();
    if (row.has("error")) {
      softly
          .assertThatThrownBy(() -> template.render(messages, prompt))
          .as(chat)
          .isInstanceOf(UserError.class)
          .hasMessageContaining(row.path("error").asString());
      return;
    }
    softly
        .assertThatCode(
            () -> {
              String text = template.render(messages, prompt);
              softly.assertThat(text).as(chat).isEqualTo(row.path("text").asString());
              int[] ids =
                  prompt
                      ? new PromptEncoder(tokenizer, template).of(messages).tokens()
                      : tokenizer.encodeTemplate(text);
              softly.assertThat(ids).as(chat).isEqualTo(Golden.ids(row.path("ids").path(name)));
            })
        .as(chat)
        .doesNotThrowAnyException();
  }
}
