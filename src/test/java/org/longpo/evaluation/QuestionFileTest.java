package org.longpo.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.error.UserError;

class QuestionFileTest {
  private static final String GOOD =
      "{\"passage\":\"P\",\"question\":\"Q?\",\"answers\":[\"A\",\"B\"]}\n";

  @TempDir Path folder;

  private QuestionFile read(String text) throws IOException {
    return QuestionFile.read(Files.writeString(folder.resolve("qa.jsonl"), text));
  }

  @Test
  void shouldGroupQuestionsByPassage() throws IOException {
    QuestionFile file =
        read(GOOD + "\n" + GOOD.replace("\"P\"", "\"P2\"") + GOOD.replace("Q?", "Why?").strip());
    assertThat(file.passages()).extracting(QuestionFile.Passage::text).containsExactly("P", "P2");
    assertThat(file.passages().getFirst().questions())
        .containsExactly(
            new QuestionFile.Question("Q?", List.of("A", "B")),
            new QuestionFile.Question("Why?", List.of("A", "B")));
    assertThat(file.passages().getLast().where()).endsWith("qa.jsonl:3");
  }

  @Test
  void shouldReadPastByteOrderMark() throws IOException {
    assertThat(read("\uFEFF" + GOOD).passages()).isEqualTo(read(GOOD).passages());
    // The hash is of the file as it lies there.
    assertThat(read("\uFEFF" + GOOD).sha256()).isNotEqualTo(read(GOOD).sha256());
  }

  @Test
  void shouldNameFileAndLineOfBadRows() {
    expect(GOOD + "{\"question\":\"Q\",\"answers\":[\"A\"]}", "qa.jsonl:2", "passage");
    expect(GOOD + "{\"passage\":\"P\",\"question\":\" \",\"answers\":[\"A\"]}", ":2", "question");
    expect("{\"passage\":\"P\",\"question\":\"Q\",\"answers\":[]}", ":1", "answers");
    expect("{\"passage\":\"P\",\"question\":\"Q\",\"answers\":[null]}", ":1", "answers");
    expect("{\"passage\":\"P\",\"question\":\"Q\",\"answers\":null}", ":1", "answers");
    expect("{\"passage\":\"P\",\"question\":\"Q\",\"answer\":[\"A\"]}", ":1", "answer");
    expect("not JSON", ":1", "");
    expect("\n", "qa.jsonl", "has no question");
  }

  @Test
  void shouldRefuseMissingFile() {
    assertThatThrownBy(() -> QuestionFile.read(folder.resolve("none.jsonl")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("none.jsonl");
  }

  private void expect(String text, String where, String what) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(where)
        .hasMessageContaining(what);
  }
}
