package org.longpo.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.error.UserError;

class JsonTest {
  record Inner(int maxNewTokens, Optional<String> chatTemplate) {}

  record Outer(List<Inner> allSettings) {}

  @Test
  void shouldWriteSnakeCaseAndReadItBack() {
    Outer value =
        new Outer(List.of(new Inner(3, Optional.empty()), new Inner(4, Optional.of("t"))));
    String line = Json.line(value);
    assertThat(line)
        .isEqualTo(
            "{\"all_settings\":[{\"max_new_tokens\":3,\"chat_template\":null},"
                + "{\"max_new_tokens\":4,\"chat_template\":\"t\"}]}");
    assertThat(Json.parse(line, Outer.class, "here")).isEqualTo(value);
  }

  @Test
  void shouldNameTheKeyThatIsWrong() {
    assertThatThrownBy(
            () ->
                Json.parse(
                    "{\"all_settings\":[{\"max_new_tokens\":null,\"chat_template\":null}]}",
                    Outer.class,
                    "a.jsonl:7"))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "a.jsonl:7: line 1, column 36: all_settings[0].max_new_tokens: "
                + "Cannot map `null` into type `int`");
  }

  @Test
  void shouldReadFilePastByteOrderMark(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("a.json"), "\uFEFF{\"all_settings\":[]}");
    assertThat(Json.read(file, Outer.class)).isEqualTo(new Outer(List.of()));
  }

  @Test
  void shouldRefuseMissingKey() {
    assertThatThrownBy(
            () -> Json.parse("{\"all_settings\":[{\"max_new_tokens\":1}]}", Outer.class, "f:1"))
        .isInstanceOf(UserError.class)
        .hasMessage("f:1: line 1, column 37: all_settings[0].chat_template: the key is missing");
  }
}
