package org.longpo.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.longpo.error.Nearest;
import org.longpo.error.UserError;
import org.longpo.files.Json;
import org.longpo.text.Message;
import org.longpo.text.Role;
import org.longpo.text.Tokenizer;
import tools.jackson.databind.JsonNode;

/**
 * A line of a request file as token ids: {@code {"id", "context" | "messages" | "context_tokens",
 * "continuations" | "continuation_tokens"}}.
 *
 * <p>A text context is encoded together with each continuation and begins with the begin token, if
 * the tokenizer has one; what follows the context's own ids is the continuation, as in
 * lm-evaluation-harness. After messages, a continuation is the assistant's answer.
 *
 * @param id given back with the answer
 * @param contexts the ids before each continuation
 * @param continuations the ids that are scored
 */
record ScoreRequest(String id, List<int[]> contexts, List<int[]> continuations) {
  private static final Set<String> CONTEXTS = Set.of("context", "messages", "context_tokens");
  private static final Set<String> CONTINUATIONS = Set.of("continuations", "continuation_tokens");

  /**
   * Reads a line.
   *
   * @param prompt tokens of a conversation with the opening of the answer
   * @param where file and line, for errors
   */
  static ScoreRequest parse(
      String json, Tokenizer tokenizer, Function<List<Message>, int[]> prompt, String where) {
    JsonNode line = Json.parse(json, JsonNode.class, where);
    requireKeys(line, where);
    String contextKey = only(line, CONTEXTS, where);
    String continuationKey = only(line, CONTINUATIONS, where);
    List<int[]> contexts = new ArrayList<>();
    List<int[]> continuations = new ArrayList<>();
    for (JsonNode continuation : line.get(continuationKey)) {
      int[] context =
          switch (contextKey) {
            case "context" ->
                withBegin(tokenizer, tokenizer.encodeText(line.get("context").asString()));
            case "messages" -> prompt.apply(messages(line.get("messages"), where));
            default -> ints(line.get("context_tokens"));
          };
      int[] tokens;
      if (continuationKey.equals("continuation_tokens")) {
        tokens = ints(continuation);
      } else if (contextKey.equals("context")) {
        String whole = line.get("context").asString() + continuation.asString();
        int[] all = withBegin(tokenizer, tokenizer.encodeText(whole));
        tokens = Arrays.copyOfRange(all, Math.min(context.length, all.length), all.length);
        context = Arrays.copyOf(all, all.length - tokens.length);
      } else {
        tokens = tokenizer.encodeText(continuation.asString());
      }
      if (context.length == 0 || tokens.length == 0) {
        throw new UserError(where + ": context and continuations need at least one token each.");
      }
      contexts.add(context);
      continuations.add(tokens);
    }
    return new ScoreRequest(line.path("id").asString(), contexts, continuations);
  }

  private static void requireKeys(JsonNode line, String where) {
    List<String> known = new ArrayList<>(List.of("id"));
    known.addAll(CONTEXTS);
    known.addAll(CONTINUATIONS);
    if (!line.isObject() || !line.has("id")) {
      throw new UserError(where + ": expected an object with the key id.");
    }
    for (String key : line.propertyNames()) {
      if (!known.contains(key)) {
        String hint =
            Nearest.to(key, known).map(name -> "; did you mean " + name + "?").orElse(".");
        throw new UserError(where + ": there is no key " + key + hint);
      }
    }
  }

  private static String only(JsonNode line, Set<String> keys, String where) {
    List<String> given = keys.stream().filter(line::has).toList();
    if (given.size() != 1) {
      throw new UserError(
          where
              + ": exactly one of "
              + String.join(", ", keys.stream().sorted().toList())
              + " is expected.");
    }
    return given.getFirst();
  }

  private static List<Message> messages(JsonNode array, String where) {
    List<Message> messages = new ArrayList<>();
    for (JsonNode message : array) {
      String name = message.path("role").asString();
      Role role =
          Arrays.stream(Role.values())
              .filter(known -> known.templateName().equals(name))
              .findFirst()
              .orElseThrow(
                  () ->
                      new UserError(
                          where + ": the role '" + name + "' is none of system, user, assistant."));
      messages.add(new Message(role, message.path("content").asString()));
    }
    return messages;
  }

  private static int[] withBegin(Tokenizer tokenizer, int[] tokens) {
    if (tokenizer.beginToken().isEmpty()) {
      return tokens;
    }
    int[] all = new int[tokens.length + 1];
    all[0] = tokenizer.beginToken().getAsInt();
    System.arraycopy(tokens, 0, all, 1, tokens.length);
    return all;
  }

  private static int[] ints(JsonNode array) {
    int[] values = new int[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.get(i).asInt();
    }
    return values;
  }
}
