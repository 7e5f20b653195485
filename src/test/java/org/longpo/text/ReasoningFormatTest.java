package org.longpo.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.longpo.files.Json;
import tools.jackson.databind.JsonNode;

class ReasoningFormatTest {
  private static final String PLAIN = "{% for m in messages %}{{ m.content }}{% endfor %}A: ";
  private static final String OPENING = PLAIN + "<think>\n";
  private static final String SWITCHED =
      PLAIN
          + "{% if enable_thinking is defined and not enable_thinking %}<think></think>{% endif %}";

  @TempDir Path folder;

  /** How the tags come out of a tokenizer. */
  private enum TagTokens {
    ADDED,
    SPECIAL,
    LETTERS
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // A ~ is a line break.
        "Lily.</s>                          | NONE    | Lily.</s>        | Lily.",
        "~<b> is a tag</s>                  | NONE    | ~<b> is a tag</s> | ~<b> is a tag",
        "<think>who? I see</think>Lily.</s> | ENDED   | Lily.</s>        | Lily.",
        "<think>a</think>~~ ~Lily.</s>      | ENDED   | Lily.</s>        | Lily.",
        "~<think></think>~~Lily             | ENDED   | Lily             | Lily",
        "<think>who? I see</s>              | UNENDED | ''               | ''",
        "<think>who?                        | UNENDED | ''               | ''",
        "<think>who?</think>~~              | UNENDED | ''               | ''",
        "<think>who?</think></s>            | ENDED   | </s>             | ''",
        "<think>who?</think>~~</s>          | ENDED   | </s>             | ''",
      })
  void shouldReadWhatFollowsBlock(String written, Reasoning reasoning, String kept, String text)
      throws IOException {
    for (TagTokens tokens : TagTokens.values()) {
      inModel(
          tokens,
          PLAIN,
          ChatSettings.NONE,
          model -> {
            ReasoningFormat.Split split = model.format().split(model.ids(lines(written)));
            assertThat(split.reasoning()).as("%s", tokens).isEqualTo(reasoning);
            assertThat(model.tokenizer().decodeWithSpecial(split.answer()))
                .as("%s", tokens)
                .isEqualTo(lines(kept));
            assertThat(split.text()).as("%s", tokens).isEqualTo(lines(text));
          });
    }
  }

  private static String lines(String text) {
    return text.replace('~', '\n');
  }

  @Test
  void shouldKeepClosingTagWherePromptOpensBlock() throws IOException {
    for (TagTokens tokens : TagTokens.values()) {
      inModel(
          tokens,
          OPENING,
          ChatSettings.NONE,
          model -> {
            ReasoningFormat.Split split =
                model.format().split(model.ids("who? I see</think>\nLily.</s>"));
            assertThat(split.reasoning()).isEqualTo(Reasoning.ENDED);
            // After the prompt these ids are an empty block with the answer after it.
            assertThat(model.tokenizer().decodeWithSpecial(split.answer()))
                .as("%s", tokens)
                .isEqualTo("</think>\nLily.</s>");
            assertThat(split.text()).isEqualTo("Lily.");
            assertThat(model.format().split(model.ids("Lily.</s>")).reasoning())
                .isEqualTo(Reasoning.UNENDED);
          });
    }
  }

  @Test
  void shouldEndReasoningAtAnyClosingToken() throws IOException {
    inModel(
        TagTokens.ADDED,
        PLAIN,
        ChatSettings.NONE,
        model -> {
          ReasoningFormat format = model.format();
          assertThat(format.split(model.ids("Yes. <think>a</think>b<think>c</think>Lily")).text())
              .isEqualTo("Lily");
          assertThat(format.split(model.ids("I see</think>Lily")).text()).isEqualTo("Lily");
          assertThat(format.split(model.ids("<think>a</think>\n<think>b")).reasoning())
              .isEqualTo(Reasoning.UNENDED);
          assertThat(format.split(model.ids("Lily wrote <think>")).reasoning())
              .isEqualTo(Reasoning.NONE);
        });
    inModel(
        TagTokens.LETTERS,
        PLAIN,
        ChatSettings.NONE,
        model ->
            assertThat(model.format().split(model.ids("It says <think>a</think>b")))
                .extracting(ReasoningFormat.Split::reasoning, ReasoningFormat.Split::text)
                .containsExactly(Reasoning.NONE, "It says <think>a</think>b"));
  }

  @Test
  void shouldLeaveAnswerItsTokens() throws IOException {
    ChatSettings five = new ChatSettings(Map.of(), Optional.empty(), Optional.of(5));
    inModel(
        TagTokens.ADDED,
        PLAIN,
        five,
        model -> {
          assertThat(model.format().budget(1, 3).maxNewTokens()).isEqualTo(8);
          assertThat(model.drawn("<think>abc</think>Lily", 3)).isEqualTo("<think>abc</think>Lil");
          assertThat(model.drawn("<think>abcdefg</think>Lily", 3)).isEqualTo("<think>abcd");
          assertThat(model.drawn("Lily and", 3)).isEqualTo("Lil");
        });
  }

  @Test
  void shouldGiveReasoningTokensOnlyToModelsThatReason() throws IOException {
    Map<String, JsonNode> on =
        Map.of("enable_thinking", Json.mapper().getNodeFactory().booleanNode(true));
    assertThat(maxNewTokens(PLAIN, ChatSettings.DEFAULTS)).isEqualTo(10);
    assertThat(maxNewTokens(SWITCHED, ChatSettings.DEFAULTS)).isEqualTo(10);
    assertThat(maxNewTokens(SWITCHED, ChatSettings.NONE.withVariables(on))).isEqualTo(10 + 2048);
    assertThat(maxNewTokens(OPENING, ChatSettings.DEFAULTS)).isEqualTo(10 + 2048);
    assertThat(maxNewTokens(OPENING, new ChatSettings(on, Optional.empty(), Optional.of(0))))
        .isEqualTo(10);
  }

  private int maxNewTokens(String template, ChatSettings settings) throws IOException {
    List<Integer> limits = new ArrayList<>();
    inModel(
        TagTokens.ADDED,
        template,
        settings,
        model -> limits.add(model.format().budget(1, 10).maxNewTokens()));
    return limits.getFirst();
  }

  private record Model(Tokenizer tokenizer, ReasoningFormat format) {
    int[] ids(String text) {
      return tokenizer.encodeTemplate(text);
    }

    /** As much of a text as the budget lets the model write. */
    String drawn(String text, int answerTokens) {
      ReasoningBudget budget = format.budget(1, answerTokens);
      List<Integer> drawn = new ArrayList<>();
      for (int token : ids(text)) {
        drawn.add(token);
        if (!budget.drawn(0, token)) {
          break;
        }
      }
      return tokenizer.decodeWithSpecial(drawn.stream().mapToInt(Integer::intValue).toArray());
    }
  }

  private void inModel(
      TagTokens tokens, String template, ChatSettings settings, Consumer<Model> test)
      throws IOException {
    Map<String, Boolean> added = new LinkedHashMap<>();
    added.put("<s>", true);
    added.put("</s>", true);
    if (tokens != TagTokens.LETTERS) {
      added.put("<think>", tokens == TagTokens.SPECIAL);
      added.put("</think>", tokens == TagTokens.SPECIAL);
    }
    Path model = folder.resolve(tokens.toString());
    LetterTokenizer.write(model, added);
    Files.writeString(model.resolve("chat_template.jinja"), template);
    try (Tokenizer tokenizer = Tokenizer.load(model)) {
      ChatTemplate chat = ChatTemplate.load(model, tokenizer, settings);
      test.accept(new Model(tokenizer, new PromptEncoder(tokenizer, chat).reasoning()));
    }
  }
}
