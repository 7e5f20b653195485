package org.longpo.text;

import java.time.LocalDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.longpo.files.Json;
import tools.jackson.databind.JsonNode;

/**
 * How a model is spoken to through its chat template, besides the messages. The same for all stages
 * of a run, so that they read the same prompts.
 *
 * @param templateVariables values that the template finds under these names, as transformers'
 *     {@code chat_template_kwargs}; a template that does not know a name passes over it
 * @param date what {@code strftime_now} tells the template; empty where it does not ask
 * @param reasoningTokens the limit of a block of reasoning, on top of the answer's own; empty:
 *     {@link ReasoningFormat#DEFAULT_TOKENS} for a model that is asked to reason, else none
 */
public record ChatSettings(
    Map<String, JsonNode> templateVariables,
    Optional<LocalDateTime> date,
    Optional<Integer> reasoningTokens) {

  /** As transformers calls a template that is given nothing. */
  public static final ChatSettings NONE =
      new ChatSettings(Map.of(), Optional.empty(), Optional.empty());

  /** Models that can leave their reasoning away do so: answers are short, and learned from. */
  public static final ChatSettings DEFAULTS =
      NONE.withVariables(
          Map.of("enable_thinking", Json.mapper().getNodeFactory().booleanNode(false)));

  public ChatSettings {
    templateVariables = Collections.unmodifiableMap(new LinkedHashMap<>(templateVariables));
  }

  /** With these variables added, or in the place of those of the same names. */
  public ChatSettings withVariables(Map<String, JsonNode> more) {
    Map<String, JsonNode> all = new LinkedHashMap<>(templateVariables);
    all.putAll(more);
    return new ChatSettings(all, date, reasoningTokens);
  }

  public ChatSettings withDate(Optional<LocalDateTime> other) {
    return new ChatSettings(templateVariables, other, reasoningTokens);
  }

  /** Whether a variable that models with two modes have asks for the one with reasoning. */
  boolean asksForReasoning() {
    return isTrue("enable_thinking") || isTrue("thinking");
  }

  private boolean isTrue(String name) {
    JsonNode value = templateVariables.get(name);
    return value != null && value.isBoolean() && value.booleanValue();
  }
}
