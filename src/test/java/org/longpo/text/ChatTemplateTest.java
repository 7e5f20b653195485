package org.longpo.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.longpo.error.UserError;
import org.longpo.files.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Where a template comes from, and what it cannot do. */
class ChatTemplateTest {
  private static final List<Message> TALK =
      List.of(
          Message.system("Sys"), Message.user("Hi"), Message.assistant("Yo"), Message.user("So"));

  @TempDir Path folder;

  @Test
  void shouldReadTheTemplateOfTheConfiguration() throws IOException {
    model(config -> config.put("chat_template", "one {{ messages[1].content }}\n"));
    assertThat(render()).isEqualTo("one Hi");
  }

  @Test
  void shouldUseTheDefaultOfNamedTemplates() throws IOException {
    model(
        config -> {
          var list = config.putArray("chat_template");
          list.addObject().put("name", "tool_use").put("template", "tools");
          list.addObject().put("name", "default").put("template", "plain {{ bos_token }}");
        });
    assertThat(render()).isEqualTo("plain <s>");
  }

  @Test
  void shouldPreferTheTemplatesOwnFile() throws IOException {
    model(config -> config.put("chat_template", "config"));
    Files.writeString(folder.resolve("chat_template.jinja"), "file\n\n");
    assertThat(render()).isEqualTo("file\n");
  }

  @Test
  void shouldRefuseNamedTemplatesWithoutDefault() throws IOException {
    model(
        config ->
            config.putArray("chat_template").addObject().put("name", "rag").put("template", "x"));
    assertThatThrownBy(this::render)
        .isInstanceOf(UserError.class)
        .hasMessageContaining("neither a template nor a list with one named default");
  }

  @Test
  void shouldUsePlainTemplateWhereNoneExists() throws IOException {
    model(config -> config.put("add_bos_token", true));
    try (Tokenizer tokenizer = Tokenizer.load(folder)) {
      ChatTemplate template = ChatTemplate.load(folder, tokenizer);
      assertThat(template.isFallback()).isTrue();
      assertThat(template.render(TALK, true)).isEqualTo("<s>Sys\n\nHi\n\nYo</s>So\n\n");
      PromptEncoder encoder = new PromptEncoder(tokenizer, template);
      int[] answer = {300, 2};
      Conversation conversation =
          encoder.conversation(List.of(Turn.user("Hi"), Turn.response(answer), Turn.user("So")));
      assertThat(tokenizer.decodeWithSpecial(conversation.tokens()))
          .matches("<s> ?Hi\n\n.*</s> ?So\n\n");
    }
  }

  @Test
  void shouldUsePlainTemplateWithoutBeginAndEndTokens() throws IOException {
    model(config -> config.put("add_bos_token", false).remove("eos_token"));
    assertThat(render()).isEqualTo("Sys\n\nHi\n\nYo\n\nSo\n\n");
  }

  @Test
  void shouldNotRunWhatMessagesContain() throws IOException {
    model(config -> config.put("chat_template", "{{ messages[0].content | trim }}"));
    String attack = "{{ 7 * 7 }}{% raw %}{# no #}{{ messages }}";
    assertThat(render(List.of(Message.user(attack)))).isEqualTo(attack);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{% include 'logback.xml' %}",
        "{% import 'logback.xml' as x %}",
        "{{ messages[0].content | no_such_filter }}",
        "{% if messages is no_such_test %}x{% endif %}",
        "{% for message in messages %}never closed",
        "{{ 1 +",
        "{% no_such_tag %}"
      })
  void shouldRefuseWhenLoadingWhatCannotBeRendered(String source) throws IOException {
    model(config -> config.put("chat_template", "first\n" + source));
    try (Tokenizer tokenizer = Tokenizer.load(folder)) {
      assertThatThrownBy(() -> ChatTemplate.load(folder, tokenizer))
          .isInstanceOf(UserError.class)
          .hasMessageStartingWith(
              folder.resolve("tokenizer_config.json")
                  + ": line 2 of the chat template cannot be used: ");
    }
    Files.writeString(folder.resolve("chat_template.jinja"), source);
    try (Tokenizer tokenizer = Tokenizer.load(folder)) {
      assertThatThrownBy(() -> ChatTemplate.load(folder, tokenizer))
          .isInstanceOf(UserError.class)
          .hasMessageStartingWith(folder.resolve("chat_template.jinja") + ": line 1 ");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{ messages[0].content.getClass().getName() }}",
        "{{ messages[0].content.no_such_method() }}",
        "{{ messages.append(1) }}",
        "{{ no_such_function(messages) }}",
      })
  void shouldRefuseWhatATemplateCannotDo(String source) throws IOException {
    model(config -> config.put("chat_template", source));
    assertThatThrownBy(this::render)
        .isInstanceOf(UserError.class)
        .hasMessageContaining("tokenizer_config.json: the chat template fails in line 1: ");
  }

  @Test
  void shouldGiveWhatTransformersAlwaysGives() throws IOException {
    String asks = "{{ tools is defined }} {{ tools }} {{ documents is none }} {{ xml is defined }}";
    model(config -> config.put("chat_template", asks));
    assertThat(render()).isEqualTo("True None True False");
  }

  @Test
  void shouldAllowUnknownFiltersOnBranchesThatAreNotTaken() throws IOException {
    String branch = "{% if tools %}{{ tools | no_such_filter }}{% endif %}fine";
    model(config -> config.put("chat_template", branch));
    assertThat(render()).isEqualTo("fine");
  }

  @Test
  void shouldRenderAContentOfMillionsOfCharacters() throws IOException {
    model(config -> config.put("chat_template", "<{{ messages[0].content | trim }}>"));
    String content = "x ".repeat(2_000_000).strip();
    assertThat(render(List.of(Message.user(content))))
        .hasSize(content.length() + 2)
        .isEqualTo("<" + content + ">");
  }

  @Test
  void shouldGiveTemplateItsVariables() throws IOException {
    model(
        config ->
            config.put(
                "chat_template",
                "{% if enable_thinking is defined and enable_thinking is false %}off"
                    + "{% elif enable_thinking %}on{% else %}unset{% endif %}"
                    + " {{ names[1].first }} {{ bos_token }} {{ limit + 1 }}"));
    String json = "{\"names\": [1, {\"first\": \"Lily\"}], \"bos_token\": \"B\", \"limit\": 41}";
    ChatSettings given = ChatSettings.NONE.withVariables(variables(json));
    assertThat(render(given)).isEqualTo("unset Lily B 42");
    ChatSettings defaults = ChatSettings.DEFAULTS.withVariables(variables(json));
    assertThat(render(defaults)).isEqualTo("off Lily B 42");
    assertThat(render(defaults.withVariables(variables("{\"enable_thinking\": true}"))))
        .isEqualTo("on Lily B 42");
  }

  @Test
  void shouldWriteTheDateThatItIsGivenAndNoOther() throws IOException {
    model(config -> config.put("chat_template", "{{ strftime_now('%d %b %Y %H:%M') }}"));
    LocalDateTime date = LocalDateTime.of(2031, 5, 4, 3, 2);
    assertThat(render(ChatSettings.NONE.withDate(Optional.of(date))))
        .isEqualTo("04 May 2031 03:02");
    assertThatThrownBy(() -> render(ChatSettings.NONE)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void shouldKeepDateOnlyWhereTemplateUsesIt() throws IOException {
    ChatSettings dated =
        ChatSettings.NONE.withDate(Optional.of(LocalDateTime.of(2031, 5, 4, 0, 0)));
    model(config -> config.put("chat_template", "{{ strftime_now('%Y') }}"));
    assertThat(settings(dated)).isEqualTo(dated);
    model(config -> config.put("chat_template", "no date"));
    assertThat(settings(dated)).isEqualTo(ChatSettings.NONE);
  }

  private ChatSettings settings(ChatSettings given) {
    try (Tokenizer tokenizer = Tokenizer.load(folder)) {
      return ChatTemplate.load(folder, tokenizer, given).settings();
    }
  }

  private String render(ChatSettings settings) {
    try (Tokenizer tokenizer = Tokenizer.load(folder)) {
      return ChatTemplate.load(folder, tokenizer, settings).render(TALK, true);
    }
  }

  private static Map<String, JsonNode> variables(String json) {
    Map<String, JsonNode> variables = new LinkedHashMap<>();
    Json.parse(json, ObjectNode.class, "test")
        .properties()
        .forEach(entry -> variables.put(entry.getKey(), entry.getValue()));
    return variables;
  }

  private String render() {
    return render(TALK);
  }

  private String render(List<Message> messages) {
    try (Tokenizer tokenizer = Tokenizer.load(folder)) {
      return ChatTemplate.load(folder, tokenizer).render(messages, true);
    }
  }

  private interface Change {
    void of(ObjectNode config);
  }

  private void model(Change change) throws IOException {
    Path source = Golden.path("byte_fallback_llama2");
    Files.copy(
        source.resolve("tokenizer.json"),
        folder.resolve("tokenizer.json"),
        StandardCopyOption.REPLACE_EXISTING);
    ObjectNode config =
        (ObjectNode) Json.read(source.resolve("tokenizer_config.json"), JsonNode.class);
    change.of(config);
    Files.writeString(folder.resolve("tokenizer_config.json"), Json.pretty(config));
  }
}
