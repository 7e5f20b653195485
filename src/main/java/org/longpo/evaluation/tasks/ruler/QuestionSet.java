package org.longpo.evaluation.tasks.ruler;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.longpo.error.UserError;
import org.longpo.files.Json;
import tools.jackson.databind.JsonNode;

/**
 * Questions and the documents that answer them, as {@code qa.py} reads them.
 *
 * @param documents all of the file, each once
 * @param questions in the order of the file
 */
record QuestionSet(List<String> documents, List<Question> questions) {
  /**
   * @param answers texts that are right, at least one
   * @param own the documents that answer it, by their numbers
   * @param related documents about the same, to put beside them first
   */
  record Question(String text, List<String> answers, List<Integer> own, List<Integer> related) {}

  /** A format of such files. */
  enum Format {
    /** A paragraph is a document; related are the others of its article. */
    SQUAD,
    /** A title with its sentences is a document; every question has ten. */
    HOTPOT
  }

  /**
   * Reads a whole file.
   *
   * @param where names the file for errors
   * @throws UserError naming file and place if something is missing, or there is no question
   */
  static QuestionSet read(String json, Format format, String where) {
    JsonNode root = Json.parse(json, JsonNode.class, where);
    Reader reader = new Reader();
    switch (format) {
      case SQUAD -> reader.squad(new Place(root, where));
      case HOTPOT -> reader.hotpot(new Place(root, where));
    }
    if (reader.questions.isEmpty()) {
      throw new UserError(where + " has no question that can be answered; give another file.");
    }
    return new QuestionSet(List.copyOf(reader.numbers.keySet()), List.copyOf(reader.questions));
  }

  /** Collects documents and questions. */
  private static final class Reader {
    private final Map<String, Integer> numbers = new LinkedHashMap<>();
    private final List<Question> questions = new ArrayList<>();

    void squad(Place root) {
      for (Place article : root.list("data")) {
        List<Place> paragraphs = article.list("paragraphs");
        List<Integer> all =
            paragraphs.stream().map(place -> number(place.text("context"))).toList();
        for (int i = 0; i < paragraphs.size(); i++) {
          Integer own = all.get(i);
          List<Integer> related = all.stream().filter(one -> !one.equals(own)).distinct().toList();
          for (Place question : paragraphs.get(i).list("qas")) {
            // SQuAD 1.1 and XQuAD have no such key, as all of theirs can be answered.
            if (!question.node().path("is_impossible").asBoolean(false)) {
              List<String> answers =
                  question.list("answers").stream().map(answer -> answer.text("text")).toList();
              add(question, question.text("question"), answers, List.of(own), related);
            }
          }
        }
      }
    }

    void hotpot(Place root) {
      for (Place question : root.list()) {
        List<Integer> own =
            question.list("context").stream().map(Reader::titled).map(this::number).toList();
        add(question, question.text("question"), List.of(question.text("answer")), own, List.of());
      }
    }

    /** A list of a title and a list of sentences, which bring their spaces. */
    private static String titled(Place document) {
      List<Place> parts = document.list();
      if (parts.size() != 2) {
        throw new UserError(
            document.where() + " must be a list of a title and a list of sentences.");
      }
      StringBuilder text = new StringBuilder(parts.getFirst().text()).append('\n');
      parts.getLast().list().forEach(sentence -> text.append(sentence.text()));
      return text.toString();
    }

    private void add(
        Place place, String text, List<String> answers, List<Integer> own, List<Integer> related) {
      if (answers.isEmpty() || own.isEmpty()) {
        throw new UserError(place.where() + " must have at least one answer and one document.");
      }
      questions.add(new Question(text, answers, own, related));
    }

    private Integer number(String document) {
      Integer known = numbers.putIfAbsent(document, numbers.size());
      return known == null ? numbers.size() - 1 : known;
    }
  }

  /**
   * A value in a file.
   *
   * @param where names file and path in it
   */
  private record Place(JsonNode node, String where) {
    List<Place> list(String key) {
      return new Place(node.path(key), where + "." + key).list();
    }

    List<Place> list() {
      if (!node.isArray()) {
        throw new UserError(where + " is missing or no list.");
      }
      List<Place> places = new ArrayList<>(node.size());
      StreamSupport.stream(node.spliterator(), false)
          .forEach(child -> places.add(new Place(child, where + "[" + places.size() + "]")));
      return places;
    }

    String text(String key) {
      return new Place(node.path(key), where + "." + key).text();
    }

    String text() {
      if (!node.isString()) {
        throw new UserError(where + " is missing or no text.");
      }
      return node.asString();
    }
  }
}
