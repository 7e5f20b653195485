package org.longpo.cli;

import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.longpo.error.UserError;
import org.longpo.settings.Key;
import org.longpo.settings.KeyTypes;
import org.longpo.settings.Section;
import org.longpo.settings.Settings;
import org.longpo.text.ChatSettings;
import org.longpo.text.ReasoningFormat;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the chat template is given besides the messages; commands that make prompts have them. */
final class ChatKeys {
  static final Section SECTION = new Section("Chat template");

  private static final String PAIRS = "; train, compare and reference: as for the pairs";

  static final Key<ObjectNode> CHAT_TEMPLATE_KWARGS =
      SECTION.add(
          Key.derived(
              "chat_template_kwargs",
              KeyTypes.object("{\"enable_thinking\": true}"),
              "{\"enable_thinking\": false}" + PAIRS,
              "Variables of the chat template: a JSON object, added to the default. A template"
                  + " passes over names that it does not know."));

  static final Key<LocalDateTime> CHAT_DATE =
      SECTION.add(
          Key.derived(
              "chat_date",
              KeyTypes.DATE,
              "the day on which the run began" + PAIRS,
              "Date, or date and time as in 2026-11-27T14:30, for templates that write it"
                  + " (strftime_now). The run's record and the pairs' manifest hold it."));

  static final Key<Integer> REASONING_TOKENS =
      SECTION.add(
          Key.derived(
              "reasoning_tokens",
              KeyTypes.COUNT_OR_ZERO,
              "%,d where the template opens a block of reasoning or is told to (enable_thinking); else 0"
                  .formatted(ReasoningFormat.DEFAULT_TOKENS),
              "Tokens of reasoning at most, before those of an answer; 0: both have the answer's"
                  + " limit. Answers are read after the block (<think>...</think>)."));

  /** Those that make a prompt, for commands in which the model writes nothing. */
  static final Section PROMPTS =
      Section.of(SECTION.title(), List.of(CHAT_TEMPLATE_KWARGS, CHAT_DATE));

  private ChatKeys() {}

  /** What was given, over the defaults; without a date where none was given. */
  static ChatSettings settings(Settings settings) {
    return new ChatSettings(
        ChatSettings.DEFAULTS.withVariables(variables(settings)).templateVariables(),
        settings.find(CHAT_DATE),
        settings.find(REASONING_TOKENS));
  }

  /**
   * The settings that pairs were made with, for a command that reads them again: prompts must be
   * those that the answers were sampled behind.
   *
   * @throws UserError if others were given
   */
  static ChatSettings forPairs(Settings settings, ChatSettings own) {
    ChatSettings given = settings(settings);
    if (settings.given(CHAT_TEMPLATE_KWARGS).isPresent()
        && !given.templateVariables().equals(own.templateVariables())) {
      throw other(settings, CHAT_TEMPLATE_KWARGS, KeyTypes.json(own.templateVariables()));
    }
    if (own.date().isPresent() && given.date().isPresent() && !given.date().equals(own.date())) {
      throw other(settings, CHAT_DATE, CHAT_DATE.type().printer().apply(own.date().get()));
    }
    return new ChatSettings(own.templateVariables(), own.date().or(given::date), Optional.empty());
  }

  private static UserError other(Settings settings, Key<?> key, String made) {
    return new UserError(
        settings.where(key)
            + " differs from that of the pairs, whose answers were sampled with "
            + made
            + ": leave it out, or generate the pairs again with it.");
  }

  private static Map<String, JsonNode> variables(Settings settings) {
    Map<String, JsonNode> variables = new LinkedHashMap<>();
    settings
        .find(CHAT_TEMPLATE_KWARGS)
        .ifPresent(
            object -> object.properties().forEach(e -> variables.put(e.getKey(), e.getValue())));
    for (String name : List.of("messages", "add_generation_prompt")) {
      if (variables.containsKey(name)) {
        throw new UserError(
            settings.where(CHAT_TEMPLATE_KWARGS)
                + " gives "
                + name
                + ", which the program sets itself: leave it out.");
      }
    }
    return variables;
  }
}
