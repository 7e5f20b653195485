package org.longpo.pairs;

import java.util.Map;
import java.util.Optional;
import org.longpo.inference.Sampling;
import org.longpo.inference.WriteSettings;
import org.longpo.settings.DerivedDefault;
import org.longpo.settings.Option;
import org.longpo.settings.OptionChecks;
import org.longpo.settings.Range;
import org.longpo.settings.SuppliedValues;

/**
 * The chunks that are asked about, and how both answers are sampled (paper: greedy; code:
 * temperature 1, top_p 1; both at most 1,024 tokens). Only at temperature 1 is kl/short_to_long an
 * estimate of a divergence.
 *
 * @param maxNewTokens limit of an answer in tokens, the end token included
 * @param chunkTokens C: chunks have at most so many tokens (paper 32,768; the authors' code 16,384
 *     to 30,000)
 * @param temperature divides the logits; 0: greedy
 * @param topP nucleus; 1: off
 * @param reasoning what becomes of texts that come with a block of reasoning
 * @param referenceLong whether log-probabilities on the long input are stored too, for baselines
 *     that need them
 */
public record AnswerSettings(
    @Option(
            defaultText =
                "1,024 (the paper's), or a quarter of the length, or an eighth of the model's"
                    + " window, whichever is least",
            derivedBy = LeastLimit.class,
            meaning = "Tokens of an answer at most.")
        @Range(from = 1)
        int maxNewTokens,
    @Option(
            defaultText =
                "32,768 (the paper's), or a quarter of the length, or what the model's window"
                    + " leaves beside template, instruction and answer, whichever is least",
            derivedBy = LeastChunk.class,
            meaning = "Tokens of a chunk at most.")
        @Range(from = LEAST_CHUNK_TOKENS)
        int chunkTokens,
    @Option(
            defaultValue = "0",
            label = "T",
            meaning = "Of the answers; 0 is greedy (the paper: 0; its code: 1).")
        @Range(from = 0)
        double temperature,
    @Option(defaultValue = "1", label = "P", meaning = "Nucleus of the answers; 1 is off.")
        @Range(above = 0, to = 1)
        double topP,
    @Option(
            defaultValue = "strip",
            label = "strip|drop",
            meaning =
                "What becomes of a block of reasoning before the model's instructions or an"
                    + " answer: strip removes the block, drop drops the pair. A block that never"
                    + " ends drops the pair.")
        ReasoningRule reasoning,
    @Option(
            defaultValue = "false",
            meaning =
                "Also store the reference's log-probabilities on the long input, which dpo and ipo"
                    + " need; longpo reference adds them later.")
        boolean referenceLong) {
  /** Less than that is no text to ask about, and cannot be cut for sure. */
  public static final int LEAST_CHUNK_TOKENS = 8;

  private static final int PAPER_CHUNK_TOKENS = 32_768;
  private static final int PAPER_ANSWER_TOKENS = 1024;

  /** Short inputs are to be short: at most this part of the length. */
  private static final int PART_OF_LENGTH = 4;

  /** An answer's limit, once length and window are known. */
  static final class LeastLimit implements DerivedDefault {
    @Override
    public Optional<?> of(Map<String, Object> options, SuppliedValues supplied) {
      return supplied
          .find(GeneratorLimits.WINDOW_TOKENS, Integer.class)
          .map(GeneratorLimits::writtenIn)
          .flatMap(
              written ->
                  quarter(supplied, PAPER_ANSWER_TOKENS).map(limit -> Math.min(limit, written)));
    }
  }

  /** A chunk's limit, once length and window are known; smaller where a template takes its part. */
  static final class LeastChunk implements DerivedDefault {
    @Override
    public Optional<?> of(Map<String, Object> options, SuppliedValues supplied) {
      if (supplied.find(GeneratorLimits.WINDOW_TOKENS, Integer.class).isEmpty()
          || !(options.get("maxNewTokens") instanceof Integer answer)) {
        return Optional.empty();
      }
      Optional<GeneratorLimits> limits =
          supplied.find(GeneratorLimits.LIMITS, GeneratorLimits.class);
      return quarter(supplied, PAPER_CHUNK_TOKENS)
          .map(chunk -> limits.map(own -> own.chunkTokens(chunk, answer)).orElse(chunk));
    }
  }

  private static Optional<Integer> quarter(SuppliedValues supplied, int most) {
    return supplied
        .find(GeneratorLimits.LENGTH_TOKENS, Integer.class)
        .map(length -> Math.min(most, Math.max(1, length / PART_OF_LENGTH)));
  }

  public AnswerSettings {
    OptionChecks.require(
        AnswerSettings.class,
        maxNewTokens,
        chunkTokens,
        temperature,
        topP,
        reasoning,
        referenceLong);
  }

  /** How the model writes them. */
  public WriteSettings writing() {
    return new WriteSettings(Sampling.of(temperature, topP), maxNewTokens);
  }
}
