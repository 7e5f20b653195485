package org.longpo.jinja;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.longpo.error.UserError;
import org.longpo.files.Json;
import tools.jackson.databind.JsonNode;

/** Texts and refusals equal those of Python's Jinja as transformers sets it up. */
class TemplateGoldenTest {
  /** Errors whose words Jinja chose for people; those of Python itself may be put otherwise. */
  private static final Set<String> SAME_WORDS =
      Set.of("TemplateError", "UndefinedError", "SecurityError");

  @Test
  void shouldRenderEveryConstructAsTransformers() {
    JsonNode golden = read("golden.json");
    Map<String, Object> variables = map(golden.path("variables"));
    LocalDateTime now = LocalDateTime.parse(golden.path("now").asString());
    List<JsonNode> rows = golden.path("rows").valueStream().toList();
    assertThat(rows).hasSizeGreaterThan(240);
    SoftAssertions.assertSoftly(softly -> rows.forEach(row -> check(softly, row, variables, now)));
  }

  @Test
  void shouldRenderChatsAsTransformers() {
    JsonNode templates = read("chats.json");
    assertThat(templates.size()).isEqualTo(60);
    SoftAssertions.assertSoftly(
        softly ->
            templates
                .valueStream()
                .forEach(
                    template ->
                        template
                            .path("rows")
                            .valueStream()
                            .forEach(row -> checkChat(softly, template, row))));
  }

  private static void check(
      SoftAssertions softly, JsonNode row, Map<String, Object> variables, LocalDateTime now) {
    String source = row.path("template").asString();
    if (row.has("read")) {
      softly
          .assertThatThrownBy(() -> Template.parse(source, "file"))
          .as(source)
          .isInstanceOf(UserError.class)
          .hasMessageMatching("file: line \\d+ of the chat template cannot be used: .*\\.");
    } else if (row.has("error")) {
      String words = row.path("words").asString();
      softly
          .assertThatThrownBy(() -> Template.parse(source, "file").render(variables, now))
          .as(source)
          .isInstanceOf(UserError.class)
          .hasMessageStartingWith("file: ")
          .hasMessageContaining(SAME_WORDS.contains(row.path("error").asString()) ? words : "");
    } else {
      softly
          .assertThatCode(
              () ->
                  softly
                      .assertThat(Template.parse(source, "file").render(variables, now))
                      .as(source)
                      .isEqualTo(row.path("text").asString()))
          .as(source)
          .doesNotThrowAnyException();
    }
  }

  private static void checkChat(SoftAssertions softly, JsonNode template, JsonNode row) {
    String source = template.path("template").asString();
    Map<String, Object> variables = new HashMap<>();
    variables.put("messages", value(row.path("messages")));
    variables.put("tools", null);
    variables.put("add_generation_prompt", row.path("gen").asBoolean());
    LocalDateTime now = LocalDateTime.of(2024, 7, 26, 0, 0);
    if (row.has("error")) {
      String words = row.path("error").asString().replaceFirst("^\\w+: ", "");
      softly
          .assertThatThrownBy(() -> Template.parse(source, "file").render(variables, now))
          .as(source)
          .isInstanceOf(UserError.class)
          .hasMessageContaining(words);
    } else {
      softly
          .assertThat(Template.parse(source, "file").render(variables, now))
          .as(source)
          .isEqualTo(row.path("text").asString());
    }
  }

  private static JsonNode read(String name) {
    try {
      var resource = TemplateGoldenTest.class.getResource("/jinja/" + name);
      assertThat(resource).isNotNull();
      return Json.read(Path.of(resource.toURI()), JsonNode.class);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, Object> map(JsonNode object) {
    Map<String, Object> map = new LinkedHashMap<>();
    object.properties().forEach(entry -> map.put(entry.getKey(), value(entry.getValue())));
    return map;
  }

  private static @Nullable Object value(JsonNode node) {
    if (node.isObject()) {
      return map(node);
    }
    if (node.isArray()) {
      List<Object> list = new ArrayList<>();
      node.forEach(item -> list.add(value(item)));
      return list;
    }
    return node.isNull()
        ? null
        : node.isBoolean()
            ? (Object) node.asBoolean()
            : node.isIntegralNumber()
                ? node.bigIntegerValue()
                : node.isNumber() ? (Object) node.asDouble() : node.asString();
  }
}
