package org.longpo.cli;

import java.util.List;
import org.longpo.pairs.FilterSettings;
import org.longpo.settings.Key;
import org.longpo.settings.KeyType;
import org.longpo.settings.KeyTypes;
import org.longpo.settings.Section;
import org.longpo.settings.Settings;

/** Which pairs are kept; defaults are the paper's. */
final class FilterKeys {
  static final Section SECTION = new Section("Filters of pairs");

  private static final FilterSettings PAPER = FilterSettings.defaults();

  static final Key<Integer> MAX_SHORT_INPUT_TOKENS =
      SECTION.add(
          Key.of(
              "max_short_input_tokens",
              KeyTypes.COUNT,
              PAPER.maxShortInputTokens(),
              "Tokens of chunk, instruction and template at most; chunks are cut to fit."));

  static final Key<Integer> MAX_LONG_INPUT_TOKENS =
      SECTION.add(
          Key.derived(
              "max_long_input_tokens",
              KeyTypes.COUNT,
              "no limit",
              "Tokens of document, instruction and template at most."));

  static final Key<Boolean> REQUIRE_CHOSEN_ENDED =
      SECTION.add(
          Key.of(
              "require_chosen_ended",
              KeyTypes.SWITCH,
              PAPER.requireChosenEnded(),
              "Drop pairs whose chosen answer ran into max_new_tokens."));

  static final Key<Integer> MIN_WORDS =
      SECTION.add(
          Key.of(
              "min_words",
              KeyTypes.COUNT_OR_ZERO,
              PAPER.minWords(),
              "Words of three letters that an answer must have."));

  static final Key<List<String>> REFUSAL_PHRASES =
      SECTION.add(
          Key.derived(
              "refusal_phrases",
              KeyTypes.list(KeyType.Shape.WORDS, KeyTypes.TEXT),
              "ours: 'as an ai', 'i cannot answer' and their kind",
              "What a refusal begins with; whole words, whatever their case."));

  static final Key<Boolean> DROP_REJECTED_REFUSALS =
      SECTION.add(
          Key.of(
              "drop_rejected_refusals",
              KeyTypes.SWITCH,
              PAPER.dropRejectedRefusals(),
              "Drop pairs whose rejected answer is a refusal, too."));

  static final Key<Double> MAX_CHOSEN_REPETITION =
      SECTION.add(
          Key.of(
              "max_chosen_repetition",
              KeyTypes.SHARE,
              PAPER.maxChosenRepetition(),
              "Share of repeated words in a chosen answer at most."));

  static final Key<Double> MAX_REJECTED_REPETITION =
      SECTION.add(
          Key.of(
              "max_rejected_repetition",
              KeyTypes.SHARE,
              PAPER.maxRejectedRepetition(),
              "The same for a rejected answer."));

  static final Key<Double> MIN_SHORT_MARGIN =
      SECTION.add(
          Key.derived(
              "min_short_margin",
              KeyTypes.number("a number", Double::isFinite).labelled("NATS"),
              "not checked",
              "Nats per token by which the chosen answer's mean log-probability behind the chunk"
                  + " must exceed the rejected one's."));

  private FilterKeys() {}

  static FilterSettings settings(Settings settings) {
    return new FilterSettings(
        settings.find(REFUSAL_PHRASES).orElse(PAPER.refusalPhrases()),
        settings.get(DROP_REJECTED_REFUSALS),
        settings.get(MAX_CHOSEN_REPETITION),
        settings.get(MAX_REJECTED_REPETITION),
        settings.get(MIN_WORDS),
        settings.get(MAX_SHORT_INPUT_TOKENS),
        settings.find(MAX_LONG_INPUT_TOKENS),
        settings.get(REQUIRE_CHOSEN_ENDED),
        settings.find(MIN_SHORT_MARGIN));
  }
}
