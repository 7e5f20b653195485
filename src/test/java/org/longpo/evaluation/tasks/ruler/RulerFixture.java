package org.longpo.evaluation.tasks.ruler;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.longpo.evaluation.BenchmarkData;
import org.longpo.evaluation.EvaluationInputs;
import org.longpo.evaluation.EvaluationSettings;
import org.longpo.evaluation.SourceText;
import org.longpo.evaluation.Step;
import org.longpo.evaluation.TaskContext;
import org.longpo.evaluation.TaskItem;
import org.longpo.evaluation.Texts;
import org.longpo.evaluation.WordModel;
import org.longpo.files.Json;
import org.longpo.inference.TokenIds;
import org.longpo.inference.Written;
import org.longpo.settings.OptionRecords;
import org.longpo.text.Prompt;
import org.longpo.text.Prompts;
import org.longpo.text.Reasoning;

/** Texts and files for all tasks of RULER, and what becomes of them. */
final class RulerFixture {
  static final int SAMPLES = 3;

  private static final int DOCUMENT_WORDS = 25;

  private final EvaluationInputs inputs;
  private final WordModel model;

  /** A prompt taken apart. */
  record Made(
      int index, String input, String prefix, List<String> outputs, int tokens, int answerTokens) {
    /** What stands on the last line. */
    String question() {
      return input.substring(input.lastIndexOf('\n') + 1);
    }
  }

  private RulerFixture(EvaluationInputs inputs, UnaryOperator<String> answer) {
    this.inputs = inputs;
    this.model = new WordModel(answer);
  }

  /** With texts, and with the files of a folder. */
  static RulerFixture of(BenchmarkData data, UnaryOperator<String> answer) {
    SourceText text = new SourceText("book.txt", Texts.sentences(400));
    return new RulerFixture(
        new EvaluationInputs(List.of(text), List.of(), Optional.empty()).with(data), answer);
  }

  /** The same with small files of questions in the folder. */
  static RulerFixture withQuestions(Path folder) {
    write(folder.resolve("squad.json"), squad());
    write(folder.resolve("hotpotqa.json"), hotpot());
    return of(new BenchmarkData(Optional.of(folder)), prompt -> "");
  }

  static RulerTask task(String id) {
    return RulerTasks.ALL.stream()
        .filter(one -> one.info().id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  EvaluationInputs inputs() {
    return inputs;
  }

  WordModel model() {
    return model;
  }

  static EvaluationSettings settings(int seed, Integer... lengths) {
    return OptionRecords.with(EvaluationSettings.defaults(List.of(lengths)), "seed", (long) seed);
  }

  List<TaskItem> items(String id, EvaluationSettings settings) {
    return items(id, settings, model);
  }

  /** The items of a task for the tokenizer of another model. */
  List<TaskItem> items(String id, EvaluationSettings settings, Prompts prompts) {
    return items(id, settings, prompts, Map.of());
  }

  /**
   * @param given further options of RULER's tasks
   */
  List<TaskItem> items(
      String id, EvaluationSettings settings, Prompts prompts, Map<String, ?> given) {
    Map<String, Object> all = new HashMap<>(given);
    all.put("ruler_samples", SAMPLES);
    RulerTask.Options options = OptionRecords.of(RulerTask.Options.class, all);
    return task(id).plan(inputs, settings, options).items().apply(new TaskContext(prompts));
  }

  List<Made> made(String id, int seed, int length) {
    return items(id, settings(seed, length)).stream().map(RulerFixture::made).toList();
  }

  /** An item's only sample. */
  static Made made(TaskItem item) {
    Step.Write write = (Step.Write) item.begin().get();
    Prompt prompt = write.prompts().getFirst();
    Written nothing = new Written("", "", TokenIds.sampled(0), true, Reasoning.NONE, 1);
    Step.Done done = (Step.Done) write.then().apply(List.of(nothing));
    return new Made(
        item.index(),
        prompt.messages().getFirst().content(),
        prompt.messages().getLast().content(),
        done.result().samples().getFirst().answer().orElseThrow().expected(),
        prompt.length(),
        write.how().maxNewTokens());
  }

  static void write(Path file, Object content) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, content instanceof String text ? text : Json.line(content));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String document(int number) {
    return "Fact" + number + " is blue." + " word".repeat(DOCUMENT_WORDS);
  }

  /** Forty articles of three paragraphs, one question each, and one that cannot be answered. */
  private static Object squad() {
    List<Object> articles = new ArrayList<>();
    for (int article = 0; article < 40; article++) {
      List<Object> paragraphs = new ArrayList<>();
      for (int i = 3 * article; i < 3 * article + 3; i++) {
        Object impossible = Map.of("question", "Why?", "answers", List.of(), "is_impossible", true);
        Object question =
            Map.of(
                "question", "What is Fact" + i + "?", "answers", List.of(Map.of("text", "blue")));
        paragraphs.add(Map.of("context", document(i), "qas", List.of(impossible, question)));
      }
      articles.add(Map.of("paragraphs", paragraphs));
    }
    return Map.of("version", "1", "data", articles);
  }

  /** Questions with two documents each. */
  private static Object hotpot() {
    List<Object> questions = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      questions.add(
          Map.of(
              "question",
              "What is Fact" + (2 * i) + "?",
              "answer",
              "blue",
              "context",
              List.of(titled(2 * i), titled(2 * i + 1))));
    }
    return questions;
  }

  private static Object titled(int number) {
    return List.of("Title" + number, List.of(document(number), " End."));
  }
}
