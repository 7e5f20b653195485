package org.longpo.pairs;

import java.util.List;
import java.util.Optional;
import org.longpo.error.UserError;

/**
 * What a pair must be like to be kept.
 *
 * @param refusalPhrases an answer that begins with one of them is a refusal; whole words count,
 *     case and the kind of apostrophe do not matter, nor do words of courtesy before it
 * @param dropRejectedRefusals whether a refusal as rejected answer drops the pair as well
 * @param maxChosenRepetition largest share of repeated words in a chosen answer (paper: 0.90)
 * @param maxRejectedRepetition the same for a rejected answer (paper: 0.95)
 * @param minWords an answer needs so many words of three letters or more (paper: 2)
 * @param maxShortInputTokens longest short input, template included (paper: 32,768)
 * @param maxLongInputTokens longest long input, template included; empty: no limit
 * @param requireChosenEnded whether the chosen answer must have ended by itself
 * @param minShortMargin nats per token by which the chosen answer's mean log-probability on the
 *     short input must exceed the rejected one's; empty: not checked, as in the paper
 */
public record FilterSettings(
    List<String> refusalPhrases,
    boolean dropRejectedRefusals,
    double maxChosenRepetition,
    double maxRejectedRepetition,
    int minWords,
    int maxShortInputTokens,
    Optional<Integer> maxLongInputTokens,
    boolean requireChosenEnded,
    Optional<Double> minShortMargin) {

  /** Phrases with which assistants decline; our own list, the paper does not print one. */
  private static final List<String> REFUSAL_PHRASES =
      List.of(
          "as an ai",
          "as a language model",
          "as a large language model",
          "i'm just an ai",
          "i apologize, but",
          "i'm sorry, but",
          "i am sorry, but",
          "sorry, i can't",
          "sorry, i cannot",
          "i can't assist",
          "i cannot assist",
          "i can't help with",
          "i cannot help with",
          "i can't answer",
          "i cannot answer",
          "i cannot provide",
          "i can't provide",
          "i'm unable to",
          "i am unable to",
          "i'm not able to",
          "i am not able to",
          "i cannot fulfill",
          "i can't fulfill");

  public FilterSettings {
    refusalPhrases = List.copyOf(refusalPhrases);
    requireShare("max_chosen_repetition", maxChosenRepetition);
    requireShare("max_rejected_repetition", maxRejectedRepetition);
    require(minWords >= 0, "min_words must be 0 or more, not " + minWords);
    require(
        maxShortInputTokens > 0,
        "max_short_input_tokens must be 1 or more, not " + maxShortInputTokens);
    maxLongInputTokens.ifPresent(
        limit -> require(limit > 0, "max_long_input_tokens must be 1 or more, not " + limit));
    require(
        refusalPhrases.stream().noneMatch(String::isBlank),
        "refusal_phrases must not hold a blank phrase");
  }

  /** The paper's filters. */
  public static FilterSettings defaults() {
    return new FilterSettings(
        REFUSAL_PHRASES, true, 0.90, 0.95, 2, 32_768, Optional.empty(), false, Optional.empty());
  }

  private static void requireShare(String key, double value) {
    require(value >= 0 && value <= 1, key + " must be 0 to 1, not " + value);
  }

  private static void require(boolean valid, String message) {
    if (!valid) {
      throw new UserError("filters: " + message + ".");
    }
  }
}
