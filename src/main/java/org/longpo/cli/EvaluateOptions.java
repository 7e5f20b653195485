package org.longpo.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.longpo.evaluation.EvaluationSettings;
import picocli.CommandLine.Option;

/** The options of evaluation. */
final class EvaluateOptions {
  /** Enough windows of held-out text for a small standard error, and no more. */
  private static final int HELD_OUT_TOKENS = 200_000;

  @Option(
      names = "--depths",
      split = ",",
      paramLabel = "PERCENT",
      defaultValue = "0,25,50,75,100",
      description = "Where needles are hidden, 0: at the beginning. Default: ${DEFAULT-VALUE}.")
  private List<Double> depths = List.of();

  @Option(
      names = "--haystacks",
      paramLabel = "N",
      defaultValue = "5",
      description = "Haystacks per length. Default: ${DEFAULT-VALUE}.")
  private int haystacks;

  @Option(
      names = "--questions",
      paramLabel = "N",
      defaultValue = "10",
      description =
          "Questions about one haystack, all asked in one pass. Default: ${DEFAULT-VALUE}.")
  private int questions;

  @Option(
      names = "--answer-tokens",
      paramLabel = "N",
      defaultValue = "32",
      description = "Tokens of an answer at most. Default: ${DEFAULT-VALUE}.")
  private int answerTokens;

  @Option(
      names = "--qa",
      paramLabel = "FILE",
      description =
          "Questions about passages, JSON Lines with passage, question, answers: asked about the"
              + " passage alone and inside haystacks.")
  private @Nullable Path questionFile;

  Optional<Path> questionFile() {
    return Optional.ofNullable(questionFile);
  }

  EvaluationSettings settings(List<Integer> lengths, int windowTokens, long seed) {
    EvaluationSettings defaults = EvaluationSettings.defaults(lengths, windowTokens, seed);
    return new EvaluationSettings(
        lengths,
        depths,
        questions,
        haystacks,
        defaults.shortQuestions(),
        windowTokens,
        Math.clamp(HELD_OUT_TOKENS / windowTokens, 4, defaults.maxWindows()),
        answerTokens,
        seed,
        defaults.needle(),
        defaults.qaPrompt());
  }
}
