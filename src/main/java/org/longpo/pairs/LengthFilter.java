package org.longpo.pairs;

import java.util.Optional;
import org.longpo.settings.Option;
import org.longpo.settings.OptionChecks;
import org.longpo.settings.Range;

/**
 * How long the texts of a pair may be.
 *
 * @param maxShortInputTokens longest short input, template included (paper: 32,768)
 * @param maxLongInputTokens longest long input, template included; empty: no limit
 * @param requireChosenEnded whether the chosen answer must have ended by itself
 * @param minWords an answer needs so many words of three letters or more (paper: 2)
 */
public record LengthFilter(
    @Option(
            defaultValue = "32768",
            meaning = "Tokens of chunk, instruction and template at most; chunks are cut to fit.")
        @Range(from = 1)
        int maxShortInputTokens,
    @Option(
            defaultText = "no limit",
            meaning = "Tokens of document, instruction and template at most.")
        @Range(from = 1)
        Optional<Integer> maxLongInputTokens,
    @Option(
            defaultValue = "false",
            meaning = "Drop pairs whose chosen answer ran into max_new_tokens.")
        boolean requireChosenEnded,
    @Option(defaultValue = "2", meaning = "Words of three letters that an answer must have.")
        @Range(from = 0)
        int minWords) {
  public LengthFilter {
    OptionChecks.require(
        LengthFilter.class, maxShortInputTokens, maxLongInputTokens, requireChosenEnded, minWords);
  }
}
