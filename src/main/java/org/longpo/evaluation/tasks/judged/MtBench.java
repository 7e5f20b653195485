package org.longpo.evaluation.tasks.judged;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.longpo.error.UserError;
import org.longpo.evaluation.BenchmarkData;
import org.longpo.evaluation.Slice;
import org.longpo.evaluation.TaskInfo;
import org.longpo.files.JsonRow;
import org.longpo.files.JsonRows;
import org.longpo.files.Sha256;
import tools.jackson.databind.JsonNode;

/**
 * MT-Bench (Zheng et al. 2023, arXiv:2306.05685): 80 questions of two turns in eight categories,
 * with the prompts and the reading of judgments of lm-sys/FastChat, {@code fastchat/llm_judge}.
 *
 * <p>In the categories {@link #WITH_REFERENCE} the judge is given reference answers: those of GPT-4
 * in {@code reference_answer/gpt-4.jsonl}. Where this file is missing, the judge is given the
 * question file's own {@code reference}, which was written for people and covers some turns only;
 * the results say so.
 */
public final class MtBench implements JudgedBenchmark<JudgeOptions> {
  /** {@code NEED_REF_CATS} of {@code common.py}. */
  static final List<String> WITH_REFERENCE =
      List.of("math", "reasoning", "coding", "arena-hard-200");

  /** The order of the paper. */
  private static final List<String> CATEGORIES =
      List.of(
          "writing", "roleplay", "reasoning", "math", "coding", "extraction", "stem", "humanities");

  private static final int TURNS = 2;

  private static final String OWN_REFERENCES =
      "there is no reference_answer/gpt-4.jsonl in --data, so the judge is given the references of"
          + " the question file, where it has some; the scores are not those of the original.";

  @Override
  public String id() {
    return "mt-bench";
  }

  @Override
  public String name() {
    return "MT-Bench";
  }

  @Override
  public TaskInfo.Context context() {
    return TaskInfo.Context.SHORT;
  }

  @Override
  public int turns() {
    return TURNS;
  }

  @Override
  public boolean mayTruncate() {
    return false;
  }

  @Override
  public Class<JudgeOptions> options() {
    return JudgeOptions.class;
  }

  @Override
  public JudgeOptions judging(JudgeOptions options) {
    return options;
  }

  @Override
  public String data() {
    return "mt_bench/question.jsonl, mt_bench/reference_answer/gpt-4.jsonl in --data";
  }

  private static Optional<Path> questions(BenchmarkData data) {
    return data.find("mt_bench/question.jsonl", "mt_bench_questions.jsonl");
  }

  private static Optional<Path> references(BenchmarkData data) {
    return data.find("mt_bench/reference_answer/gpt-4.jsonl", "reference_answer/gpt-4.jsonl");
  }

  @Override
  public Optional<String> missing(BenchmarkData data) {
    return questions(data).isEmpty()
        ? Optional.of("its questions (mt_bench/question.jsonl in --data DIR)")
        : Optional.empty();
  }

  @Override
  public Files open(BenchmarkData data, int most, JudgeOptions options) {
    Path file = questions(data).orElseThrow();
    Optional<Path> references = references(data);
    Map<String, String> inputs = new TreeMap<>(Map.of("MT-Bench questions", Sha256.of(file)));
    references.ifPresent(found -> inputs.put("MT-Bench reference answers", Sha256.of(found)));
    return new Files(
        inputs,
        Map.of("references", references.isPresent() ? "gpt-4" : "question file"),
        references.isPresent() ? List.of() : List.of(OWN_REFERENCES),
        () -> read(file, references, most));
  }

  private static List<JudgedQuestion> read(Path file, Optional<Path> references, int most) {
    Optional<Map<String, List<String>>> byQuestion = references.map(MtBench::references);
    Map<String, String> seen = new HashMap<>();
    List<JudgedQuestion> questions =
        JsonRows.read(
            file,
            most,
            row -> {
              String id = id(row);
              String before = seen.putIfAbsent(id, row.where());
              if (before != null) {
                throw new UserError(
                    "%s: question_id %s stands at %s already; give every question its own."
                        .formatted(row.where(), id, before));
              }
              return question(row, byQuestion.map(all -> reference(row, all, references)));
            });
    if (questions.isEmpty()) {
      throw new UserError(
          file
              + " has no question; a line is {\"question_id\": .., \"category\": .., \"turns\":"
              + " [..]}.");
    }
    return questions;
  }

  private static JudgedQuestion question(JsonRow row, Optional<List<String>> reference) {
    List<String> turns = row.texts("turns", 1);
    if (turns.size() > TURNS || turns.stream().anyMatch(String::isBlank)) {
      throw row.refused("turns", "a list of one or two texts that are not empty");
    }
    String category = row.text("category");
    int place = CATEGORIES.indexOf(category);
    return new MtBenchQuestion(
        new Slice("category", place < 0 ? CATEGORIES.size() : place, category),
        turns,
        WITH_REFERENCE.contains(category) ? reference.orElseGet(() -> own(row)) : List.of());
  }

  private static String id(JsonRow row) {
    JsonNode id = row.value("question_id", "a number or a text");
    if (!id.isIntegralNumber() && !id.isString()) {
      throw row.refused("question_id", "a number or a text");
    }
    return id.asString();
  }

  /** The references of the row itself, up to the first turn for which it has none. */
  private static List<String> own(JsonRow row) {
    JsonNode given = row.fields().path("reference");
    if (given.isMissingNode() || given.isNull() || given.isEmpty()) {
      return List.of();
    }
    return row.texts("reference", 1).stream().takeWhile(text -> !text.isBlank()).toList();
  }

  /** Of a row whose category needs one; of others none is looked for. */
  private static List<String> reference(
      JsonRow row, Map<String, List<String>> all, Optional<Path> file) {
    if (!WITH_REFERENCE.contains(row.text("category"))) {
      return List.of();
    }
    List<String> found = all.get(id(row));
    if (found == null || found.size() < row.texts("turns", 1).size()) {
      throw new UserError(
          ("%s: question_id %s is of the category %s, but %s has no reference answer to all of its"
                  + " turns; give the file that belongs to the questions.")
              .formatted(row.where(), id(row), row.text("category"), file.orElseThrow()));
    }
    return found;
  }

  private static Map<String, List<String>> references(Path file) {
    Map<String, List<String>> byQuestion = new LinkedHashMap<>();
    JsonRows.read(file, Integer.MAX_VALUE, row -> byQuestion.put(id(row), turns(row)) == null);
    return byQuestion;
  }

  private static List<String> turns(JsonRow row) {
    JsonNode turns = row.value("choices", "a list of answers").path(0).path("turns");
    if (!turns.isArray() || !turns.values().stream().allMatch(JsonNode::isString)) {
      throw row.refused("choices", "a list whose first answer has turns, a list of texts");
    }
    return turns.values().stream().map(JsonNode::stringValue).toList();
  }
}
