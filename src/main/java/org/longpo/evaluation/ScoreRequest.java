package org.longpo.evaluation;

import java.util.ArrayList;
import java.util.List;
import org.longpo.error.UserError;
import org.longpo.text.ContextAndContinuation;
import org.longpo.text.Prompts;
import tools.jackson.databind.JsonNode;

/**
 * A line of a request file as token ids: {@code {"id", "context" | "messages" | "context_tokens",
 * "continuations" | "continuation_tokens"}}.
 *
 * <p>A text context comes after the token that the tokenizer begins texts with, if it does, and is
 * divided from its continuations as {@link ContextAndContinuation} has it. After messages, a
 * continuation is the assistant's answer.
 *
 * @param id given back with the answer, as it is
 * @param contexts the ids before each continuation
 * @param continuations the ids that are scored
 */
record ScoreRequest(JsonNode id, List<int[]> contexts, List<int[]> continuations) {

  /**
   * What turns text into ids.
   *
   * @param vocabularySize rows of the model's embedding
   */
  record Encoder(Prompts prompts, int vocabularySize) {}

  /** Tokens of the request, its context once. */
  int tokens() {
    int context = contexts.isEmpty() ? 0 : contexts.getFirst().length;
    return context + continuations.stream().mapToInt(tokens -> tokens.length).sum();
  }

  /** Tokens of the longest context with its continuation: what the model's positions go up to. */
  int longest() {
    int longest = 0;
    for (int i = 0; i < continuations.size(); i++) {
      longest = Math.max(longest, contexts.get(i).length + continuations.get(i).length);
    }
    return longest;
  }

  /**
   * Reads a line.
   *
   * @param where file and line, for errors
   * @throws UserError that names line and key of what is wrong
   */
  static ScoreRequest parse(String json, Encoder encoder, String where) {
    ScoreLine line = ScoreLine.parse(json, encoder.vocabularySize(), where);
    List<int[]> contexts = new ArrayList<>();
    List<int[]> continuations = new ArrayList<>();
    int[] shared = sharedContext(line, encoder);
    switch (line.continuation()) {
      case ScoreLine.Continuation.Ids ids -> {
        for (int[] tokens : ids.tokens()) {
          contexts.add(shared);
          continuations.add(tokens);
        }
      }
      case ScoreLine.Continuation.Texts texts -> {
        if (line.context() instanceof ScoreLine.Context.Text context) {
          for (ContextAndContinuation part :
              encoder.prompts().continuations(context.text(), texts.texts())) {
            contexts.add(part.context());
            continuations.add(part.continuation());
          }
        } else {
          for (String text : texts.texts()) {
            contexts.add(shared);
            continuations.add(encoder.prompts().encode(text).tokens());
          }
        }
      }
    }
    ScoreRequest request = new ScoreRequest(line.id(), contexts, continuations);
    request.requireTokens(line, where);
    return request;
  }

  private static int[] sharedContext(ScoreLine line, Encoder encoder) {
    return switch (line.context()) {
      case ScoreLine.Context.Text text -> encoder.prompts().continued(text.text()).tokens();
      case ScoreLine.Context.Ids ids -> ids.tokens();
      case ScoreLine.Context.Chat chat -> {
        try {
          yield encoder.prompts().of(chat.messages()).tokens();
        } catch (UserError e) {
          throw new UserError(line.where("messages") + ": " + e.getMessage(), e);
        }
      }
    };
  }

  private void requireTokens(ScoreLine line, String where) {
    for (int i = 0; i < continuations.size(); i++) {
      if (continuations.get(i).length == 0) {
        throw new UserError(
            "%s: continuation number %d has no token of its own; give it text that the tokenizer does not join with the context, or token ids."
                .formatted(where, i + 1));
      }
      if (contexts.get(i).length == 0) {
        throw new UserError(
            "%s: the context has no token, and nothing predicts a continuation's first one; give a context of at least one token."
                .formatted(line.where("context")));
      }
    }
  }
}
