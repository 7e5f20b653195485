package org.longpo.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.longpo.error.Nearest;
import org.longpo.error.UserError;
import org.longpo.files.Json;
import org.longpo.text.Message;
import org.longpo.text.Role;
import tools.jackson.databind.JsonNode;

/**
 * A line of a request file as it was written, checked key by key.
 *
 * @param id a text or a number
 * @param place file and line, for errors
 */
record ScoreLine(JsonNode id, Context context, Continuation continuation, String place) {
  private static final String TEXT = "context";
  private static final String CHAT = "messages";
  private static final String IDS = "context_tokens";
  private static final String TEXTS = "continuations";
  private static final String LISTS = "continuation_tokens";
  private static final List<String> CONTEXTS = List.of(TEXT, CHAT, IDS);
  private static final List<String> CONTINUATIONS = List.of(TEXTS, LISTS);
  private static final List<String> MESSAGE = List.of("role", "content");

  /** What stands before the continuations. */
  sealed interface Context {
    record Text(String text) implements Context {}

    record Chat(List<Message> messages) implements Context {}

    @SuppressWarnings("ArrayRecordComponent")
    record Ids(int[] tokens) implements Context {}
  }

  /** What is scored. */
  sealed interface Continuation {
    record Texts(List<String> texts) implements Continuation {}

    record Ids(List<int[]> tokens) implements Continuation {}
  }

  /**
   * Reads a line.
   *
   * @param vocabularySize ids must be below it
   * @throws UserError that names line and key of what is wrong
   */
  static ScoreLine parse(String json, int vocabularySize, String place) {
    JsonNode line = Json.parse(json, JsonNode.class, place);
    List<String> known = new ArrayList<>(List.of("id"));
    known.addAll(CONTEXTS);
    known.addAll(CONTINUATIONS);
    requireObject(line, known, place);
    JsonNode id = line.path("id");
    if (!id.isString() && !id.isNumber()) {
      throw new UserError(place + ": id must be given, a text or a number.");
    }
    Reader reader = new Reader(vocabularySize, place);
    String contextKey = only(line, CONTEXTS, place);
    Context context =
        switch (contextKey) {
          case TEXT -> new Context.Text(reader.text(line.get(TEXT), TEXT));
          case CHAT -> new Context.Chat(reader.messages(line.get(CHAT)));
          default -> new Context.Ids(reader.ids(line.get(IDS), IDS));
        };
    String continuationKey = only(line, CONTINUATIONS, place);
    Continuation continuation =
        continuationKey.equals(TEXTS)
            ? new Continuation.Texts(
                reader.each(line.get(TEXTS), TEXTS, item -> reader.text(item, TEXTS)))
            : new Continuation.Ids(
                reader.each(line.get(LISTS), LISTS, item -> reader.ids(item, LISTS)));
    return new ScoreLine(id, context, continuation, place);
  }

  /** File, line and key, for errors. */
  String where(String key) {
    return place + ": " + key;
  }

  private static void requireObject(JsonNode node, List<String> known, String where) {
    if (!node.isObject()) {
      throw new UserError(
          where + ": expected an object with the keys " + String.join(", ", known) + ".");
    }
    for (String key : node.propertyNames()) {
      if (!known.contains(key)) {
        throw new UserError(
            "%s: there is no key %s; %s"
                .formatted(
                    where,
                    key,
                    Nearest.to(key, known)
                        .map(name -> "did you mean " + name + "?")
                        .orElse("known are " + String.join(", ", known) + ".")));
      }
    }
  }

  private static String only(JsonNode line, List<String> keys, String place) {
    List<String> given = keys.stream().filter(line::has).toList();
    if (given.size() != 1) {
      throw new UserError(
          "%s: expected exactly one of %s, but found %s."
              .formatted(
                  place,
                  String.join(", ", keys),
                  given.isEmpty() ? "none" : String.join(" and ", given)));
    }
    return given.getFirst();
  }

  /** Reads the values of one line. */
  private record Reader(int vocabularySize, String place) {
    interface Item<T> {
      T read(JsonNode item);
    }

    <T> List<T> each(JsonNode list, String key, Item<T> item) {
      if (!list.isArray() || list.isEmpty()) {
        throw wrong(key, "a list with at least one entry", list);
      }
      return list.valueStream().map(item::read).toList();
    }

    String text(JsonNode node, String key) {
      if (!node.isString()) {
        throw wrong(key, "text", node);
      }
      return node.stringValue();
    }

    int[] ids(JsonNode list, String key) {
      return each(list, key, id -> id(id, key)).stream().mapToInt(Integer::intValue).toArray();
    }

    private int id(JsonNode id, String key) {
      if (!id.isIntegralNumber()) {
        throw wrong(key, "token ids", id);
      }
      if (!id.canConvertToInt() || id.intValue() < 0 || id.intValue() >= vocabularySize) {
        throw new UserError(
            "%s: %s: the token id %s is not in the model's vocabulary, 0 to %d."
                .formatted(place, key, id, vocabularySize - 1));
      }
      return id.intValue();
    }

    List<Message> messages(JsonNode list) {
      return each(list, CHAT, this::message);
    }

    private Message message(JsonNode message) {
      requireObject(message, MESSAGE, place + ": " + CHAT);
      String role = text(message.path("role"), CHAT + ".role");
      return new Message(
          Arrays.stream(Role.values())
              .filter(known -> known.templateName().equals(role))
              .findFirst()
              .orElseThrow(
                  () ->
                      new UserError(
                          "%s: %s.role: \"%s\" is none of system, user, assistant."
                              .formatted(place, CHAT, role))),
          text(message.path("content"), CHAT + ".content"));
    }

    private UserError wrong(String key, String expected, JsonNode found) {
      String shown = found.isMissingNode() ? "nothing" : found.toString();
      return new UserError(
          "%s: %s: expected %s, but found %s."
              .formatted(
                  place,
                  key,
                  expected,
                  shown.length() > 40 ? shown.substring(0, 40) + " ..." : shown));
    }
  }
}
