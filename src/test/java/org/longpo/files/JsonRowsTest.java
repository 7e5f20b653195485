package org.longpo.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.error.UserError;

class JsonRowsTest {
  private static final int ALL = Integer.MAX_VALUE;

  @TempDir Path folder;

  private <T> List<T> read(String text, int most, Function<JsonRow, T> as) throws IOException {
    return JsonRows.read(Files.writeString(folder.resolve("rows.json"), text), most, as);
  }

  @Test
  void shouldReadLinesAndArraysAlike() throws IOException {
    String lines = "{\"t\": \"one\"}\n\n{\"t\": \"two\", \"more\": [{}]}\n";
    String array = "\uFEFF[{\"t\": \"one\"},\n{\"t\": \"two\", \"more\": null}]";
    for (String text : List.of(lines, array)) {
      assertThat(read(text, ALL, row -> row.text("t"))).containsExactly("one", "two");
    }
    assertThat(read(lines, ALL, JsonRow::where))
        .containsExactly(folder + "/rows.json:1", folder + "/rows.json:3");
    assertThat(read(array, ALL, JsonRow::where))
        .containsExactly(folder + "/rows.json, row 1", folder + "/rows.json, row 2");
    assertThat(read("", ALL, JsonRow::where)).isEmpty();
    assertThat(read("[]", ALL, JsonRow::where)).isEmpty();
  }

  @Test
  void shouldReadNoMoreRowsThanAsked() throws IOException {
    assertThat(read("{\"t\": \"one\"}\nno JSON", 1, row -> row.text("t"))).containsExactly("one");
  }

  @Test
  void shouldNameRowAndFieldOfWhatIsWrong() {
    expect("{}\n{\"t\": 1}", row -> row.fields().isEmpty() ? "" : row.text("t"), ":2: t is not");
    expect("{}", row -> row.text("t"), ":1: t is missing, expected a text");
    expect("{\"t\": null}", row -> row.text("t"), ":1: t is null");
    expect("[{\"t\": []}]", row -> row.texts("t", 1).getFirst(), ", row 1: t is not a text or a");
    expect("{\"t\": [\"a\", 1]}", row -> row.texts("t", 2).getFirst(), "a list of 2 texts");
    expect("{\"t\": 1}\n7", JsonRow::where, ":2: no JSON object");
    expect("{\"t\": 1, \"t\": 2}", JsonRow::where, "rows.json");
    expect("{\"t\": ", JsonRow::where, "rows.json");
  }

  private void expect(String text, Function<JsonRow, String> as, String message) {
    assertThatThrownBy(() -> read(text, ALL, as))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(message);
  }

  @Test
  void shouldRefuseMissingFile() {
    assertThatThrownBy(() -> JsonRows.read(folder.resolve("none.jsonl"), ALL, JsonRow::where))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("none.jsonl");
  }
}
