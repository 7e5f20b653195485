package org.longpo.evaluation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.longpo.error.UserError;
import org.longpo.files.Json;
import org.longpo.files.Utf8File;

/**
 * Questions about passages: a JSON Lines file of {@code {"passage", "question", "answers"}}, one
 * question a line, {@code answers} a list of at least one accepted text. Questions with one passage
 * are asked together, wherever they stand in the file.
 *
 * @param passages in the order in which the file first mentions them
 */
public record QuestionFile(String sha256, List<Passage> passages) {
  /**
   * @param where file and line that mention the passage first
   */
  public record Passage(String text, String where, List<Question> questions) {}

  /** A question with the answers that count as right. */
  public record Question(String text, List<String> answers) {}

  /** A line as it stands in the file; keys may be missing or null. */
  private record Row(
      Optional<String> passage, Optional<String> question, Optional<List<String>> answers) {}

  public QuestionFile {
    passages = List.copyOf(passages);
  }

  /**
   * Reads a file; blank lines are skipped.
   *
   * @throws UserError naming file and line if one is not such a row, or if there is none
   */
  public static QuestionFile read(Path file) {
    Utf8File read = Utf8File.read(file);
    Map<String, Passage> passages = new LinkedHashMap<>();
    List<String> lines = read.text().lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        String where = file + ":" + (i + 1);
        Row row = Json.parse(lines.get(i), Row.class, where);
        String text = required(row.passage(), "passage", where);
        passages
            .computeIfAbsent(text, passage -> new Passage(passage, where, new ArrayList<>()))
            .questions()
            .add(new Question(required(row.question(), "question", where), answers(row, where)));
      }
    }
    if (passages.isEmpty()) {
      throw new UserError(
          file
              + " has no question; a line is {\"passage\": .., \"question\": .., \"answers\":"
              + " [..]}.");
    }
    return new QuestionFile(read.sha256(), List.copyOf(passages.values()));
  }

  private static String required(Optional<String> value, String key, String where) {
    return value
        .filter(text -> !text.isBlank())
        .orElseThrow(() -> new UserError(where + ": " + key + " is missing or empty."));
  }

  private static List<String> answers(Row row, String where) {
    List<String> answers = row.answers().orElse(List.of());
    if (answers.isEmpty() || answers.stream().anyMatch(answer -> answer == null)) {
      throw new UserError(where + ": answers must be a list of at least one text.");
    }
    return List.copyOf(answers);
  }
}
