package org.longpo.text;

import java.time.LocalDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.longpo.files.Json;
import org.longpo.settings.Option;
import org.longpo.settings.Range;
import org.longpo.settings.Section;
import tools.jackson.databind.JsonNode;

/**
 * How the chat template of a model is used, besides the messages. The same for all stages of a run,
 * so that they read the same prompts.
 *
 * @param templateVariables values that the template finds under these names, as transformers'
 *     {@code chat_template_kwargs}; a template ignores names that it does not know
 * @param date what {@code strftime_now} gives the template; empty where it does not use it
 * @param reasoningTokens the limit of a block of reasoning, on top of the answer's own; empty:
 *     {@link ReasoningFormat#DEFAULT_TOKENS} for a model whose template requests reasoning, else
 *     none
 */
@Section("Chat template")
public record ChatSettings(
    @Option(
            name = "chat_template_kwargs",
            defaultText =
                "{\"enable_thinking\": false}; train, compare and reference: as for the pairs",
            derivedBy = TemplateVariables.WithoutReasoning.class,
            type = TemplateVariables.class,
            meaning =
                "Variables of the chat template: a JSON object, added to the default. A template"
                    + " ignores names that it does not know.")
        Map<String, JsonNode> templateVariables,
    @Option(
            name = "chat_date",
            defaultText =
                "the day on which the run began; train, compare and reference: as for the pairs",
            meaning =
                "Date, or date and time as in 2026-11-27T14:30, for templates that write it"
                    + " (strftime_now). The run's record and the pairs' manifest hold it.")
        Optional<LocalDateTime> date,
    @Option(
            defaultText =
                ReasoningFormat.DEFAULT_TOKENS
                    + " where the template opens a block of reasoning or has enable_thinking set to"
                    + " true; else 0",
            meaning =
                "Tokens of reasoning at most, before those of an answer; 0: both have the answer's"
                    + " limit. Answers are read after the block (<think>...</think>).")
        @Range(from = 0)
        Optional<Integer> reasoningTokens) {

  /** As transformers renders a template without further variables. */
  public static final ChatSettings NONE =
      new ChatSettings(Map.of(), Optional.empty(), Optional.empty());

  /** Models that can answer without reasoning do so: answers are short, and are trained on. */
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

  /** Whether a variable of models with two modes selects the one with reasoning. */
  boolean asksForReasoning() {
    return isTrue("enable_thinking") || isTrue("thinking");
  }

  private boolean isTrue(String name) {
    JsonNode value = templateVariables.get(name);
    return value != null && value.isBoolean() && value.booleanValue();
  }
}
