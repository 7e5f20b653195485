package org.longpo.evaluation.tasks.judged;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.longpo.error.UserError;
import org.longpo.evaluation.BenchmarkData;
import org.longpo.evaluation.TaskInfo;
import org.longpo.evaluation.longtext.InputLimit;
import org.longpo.evaluation.longtext.LongPrompt;
import org.longpo.evaluation.longtext.LongText;
import org.longpo.files.Json;
import org.longpo.files.JsonRow;
import org.longpo.files.JsonRows;
import org.longpo.files.Sha256;
import org.longpo.settings.OptionChecks;
import org.longpo.settings.Section;
import tools.jackson.databind.JsonNode;

/**
 * LongBench-Chat (Bai et al. 2024, arXiv:2401.18058; {@code LongBench_Chat} of THUDM/LongAlign): 50
 * questions of users about texts of 10,000 to 100,000 tokens. The judge does not read the text, but
 * a reference answer and three rated answers to the same question.
 */
public final class LongBenchChat implements JudgedBenchmark<LongBenchChat.Options> {
  /** The options. */
  @Section("Evaluation")
  public record Options(JudgeOptions judging, InputLimit limit) {
    public Options {
      OptionChecks.require(Options.class, judging, limit);
    }
  }

  private static final String QUESTIONS = "test_cases.json";
  private static final String EXAMPLES = "few_shots.json";

  /** As the original's repository calls it, and as the other benchmarks are called here. */
  private static final List<String> FOLDERS = List.of("longbench_chat", "LongBench_Chat");

  @Override
  public String id() {
    return "longbench-chat";
  }

  @Override
  public String name() {
    return "LongBench-Chat";
  }

  @Override
  public TaskInfo.Context context() {
    return TaskInfo.Context.LONG;
  }

  @Override
  public int turns() {
    return 1;
  }

  @Override
  public boolean mayTruncate() {
    return true;
  }

  @Override
  public Class<Options> options() {
    return Options.class;
  }

  @Override
  public JudgeOptions judging(Options options) {
    return options.judging();
  }

  @Override
  public String data() {
    return "longbench_chat/test_cases.json, longbench_chat/few_shots.json in --data";
  }

  private static Optional<Path> find(BenchmarkData data, String name) {
    return data.find(FOLDERS.stream().map(folder -> folder + "/" + name).toArray(String[]::new));
  }

  @Override
  public Optional<String> missing(BenchmarkData data) {
    if (find(data, QUESTIONS).isEmpty()) {
      return Optional.of("its questions (longbench_chat/test_cases.json in --data DIR)");
    }
    return find(data, EXAMPLES).isEmpty()
        ? Optional.of("its rated answers (longbench_chat/few_shots.json in --data DIR)")
        : Optional.empty();
  }

  @Override
  public Files open(BenchmarkData data, int most, Options options) {
    Path questions = find(data, QUESTIONS).orElseThrow();
    Path examples = find(data, EXAMPLES).orElseThrow();
    return new Files(
        Map.of(
            "LongBench-Chat questions", Sha256.of(questions),
            "LongBench-Chat rated answers", Sha256.of(examples)),
        Map.of(),
        List.of(),
        () -> read(questions, examples, most, options));
  }

  private static List<JudgedQuestion> read(
      Path questions, Path examples, int most, Options options) {
    JsonNode rated = Json.read(examples, JsonNode.class);
    List<JudgedQuestion> read =
        JsonRows.read(
            questions, most, row -> question(row, examples(row, rated, examples), options));
    if (read.isEmpty()) {
      throw new UserError(
          questions
              + " has no question; expected LongBench-Chat's list of objects with idx,"
              + " prompt, query, answer.");
    }
    return read;
  }

  private static JudgedQuestion question(
      JsonRow row, List<LongBenchChatQuestion.Example> examples, Options options) {
    String query = row.text("query");
    String prompt = row.text("prompt");
    if (query.isBlank() || prompt.isBlank()) {
      throw row.refused(query.isBlank() ? "query" : "prompt", "a text that is not empty");
    }
    String reference = row.text("answer");
    // What stands after the text is never cut.
    boolean endsWithQuery = prompt.endsWith(query);
    String text = endsWithQuery ? prompt.substring(0, prompt.length() - query.length()) : prompt;
    return new LongBenchChatQuestion(
        new LongPrompt.Unscored(new LongText("", text), endsWithQuery ? query : "", row.where()),
        query,
        reference,
        examples,
        options.limit());
  }

  /** The rated answers to a row's question: the list in the place that its idx, from 1, names. */
  private static List<LongBenchChatQuestion.Example> examples(
      JsonRow row, JsonNode rated, Path file) {
    JsonNode index = row.value("idx", "the number of its rated answers");
    if (!rated.isArray()
        || !index.isInt()
        || index.intValue() < 1
        || index.intValue() > rated.size()) {
      throw row.refused(
          "idx", "a number from 1 to that of the lists in " + file + " (" + rated.size() + ")");
    }
    String where = "%s, list %d".formatted(file, index.intValue());
    JsonNode list = rated.get(index.intValue() - 1);
    if (list.size() != LongBenchChatQuestion.EXAMPLES) {
      throw new UserError(
          "%s has %d rated answers, expected %d."
              .formatted(where, list.size(), LongBenchChatQuestion.EXAMPLES));
    }
    List<LongBenchChatQuestion.Example> examples = new ArrayList<>();
    for (JsonNode each : list.values()) {
      JsonRow example = new JsonRow(where, each);
      JsonNode score = example.value("score", "a number");
      if (!score.isNumber() && !score.isString()) {
        throw example.refused("score", "a number");
      }
      examples.add(new LongBenchChatQuestion.Example(example.text("answer"), score.asString()));
    }
    return examples;
  }
}
