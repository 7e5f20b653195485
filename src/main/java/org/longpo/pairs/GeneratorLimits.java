package org.longpo.pairs;

import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;
import org.longpo.error.UserError;
import org.longpo.settings.OptionValues;
import org.longpo.text.PromptEncoder;

/**
 * What the generator's window and template leave for chunks and answers; known before anything is
 * written. All in tokens.
 *
 * @param windowTokens the context that the checkpoint knows, with its own RoPE: chunks are read
 *     with that, whatever RoPE the policy gets
 * @param reasoningTokens limit of a block of reasoning before what the model writes
 * @param budget what of a limit is left for text
 */
public record GeneratorLimits(int windowTokens, int reasoningTokens, InputBudget budget) {
  /** Names under which defaults of {@link GenerateSettings} find what they follow from. */
  public static final String LENGTH_TOKENS = "lengthTokens";

  public static final String WINDOW_TOKENS = "windowTokens";
  public static final String LIMITS = "limits";

  /** Shares of the window that the model may fill with what it writes. */
  private static final int WRITTEN_PART = 8;

  private static final int FEWEST_WRITTEN = 16;

  /** The limits of a model with a window and a template. */
  public static GeneratorLimits of(
      int windowTokens, PromptEncoder prompts, InstructionSettings instructions) {
    return new GeneratorLimits(
        windowTokens,
        prompts.reasoning().budget(1, 0).maxNewTokens(),
        InputBudget.of(
            prompts,
            instructions.file().map(Path::of).map(InstructionFile::read),
            instructions.perChunk(),
            instructions.maxNewTokens()));
  }

  /** Tokens that a model with a window may write where nothing is given. */
  static int writtenIn(int windowTokens) {
    return Math.max(FEWEST_WRITTEN, windowTokens / WRITTEN_PART);
  }

  private int roomTokens() {
    return windowTokens - reasoningTokens;
  }

  /**
   * Tokens of a chunk where nothing is given: the paper's, or what the window leaves.
   *
   * @throws UserError if it leaves nothing
   */
  int chunkTokens(int paper, int answerTokens) {
    int left = budget.textInWindow(roomTokens(), answerTokens);
    if (left < AnswerSettings.LEAST_CHUNK_TOKENS) {
      // The request alone may be too much for a small model; a chunk that can be answered is not.
      left = budget.textIn(roomTokens() - answerTokens);
    }
    if (left < AnswerSettings.LEAST_CHUNK_TOKENS) {
      throw new UserError(
          String.format(
              Locale.ROOT,
              "The model's window of %,d tokens (max_position_embeddings) leaves no room for a"
                  + " chunk: template and instruction take up to %,d, the answer up to %,d,"
                  + " reasoning up to %,d; give a smaller --max-new-tokens or --instruction-tokens,"
                  + " shorter --instructions, or --chunk-tokens.",
              windowTokens,
              budget.templateTokens() + budget.instructionTokens(),
              answerTokens,
              reasoningTokens));
    }
    return Math.min(paper, left);
  }

  /**
   * Refuses values that were given and cannot hold together, and warns of those that the model's
   * window does not hold.
   */
  public void check(OptionValues given, GenerateSettings settings, Consumer<String> warnings) {
    int shortest = budget.textIn(settings.filters().lengths().maxShortInputTokens());
    if (given.isGiven("chunk_tokens")
        && given.isGiven("max_short_input_tokens")
        && settings.chunkTokens() > shortest) {
      throw tooMuch(
          given.where("chunk_tokens"),
          settings.chunkTokens(),
          "max_short_input_tokens",
          settings.filters().lengths().maxShortInputTokens(),
          shortest);
    }
    settings
        .filters()
        .lengths()
        .maxLongInputTokens()
        .filter(limit -> settings.lengthTokens() > budget.textIn(limit))
        .ifPresent(
            limit -> {
              throw tooMuch(
                  "the length",
                  settings.lengthTokens(),
                  "max_long_input_tokens",
                  limit,
                  budget.textIn(limit));
            });
    int chunk = Math.min(settings.chunkTokens(), shortest);
    int fits = budget.textInWindow(roomTokens(), settings.answers().maxNewTokens());
    if (chunk > fits) {
      warnings.accept(
          String.format(
              Locale.ROOT,
              "chunks of up to %,d tokens, with %s and what the model writes, go beyond its window"
                  + " of %,d tokens (max_position_embeddings), where it writes little of worth;"
                  + " %s.",
              chunk,
              settings.instructions().file().isPresent()
                  ? "the instruction"
                  : "the request for instructions",
              windowTokens,
              fits >= AnswerSettings.LEAST_CHUNK_TOKENS
                  ? String.format(Locale.ROOT, "--chunk-tokens of at most %,d fits", fits)
                  : "ask for fewer by --instructions-per-chunk, or give --instructions"));
    }
  }

  private UserError tooMuch(String what, int value, String limitName, int limit, int fits) {
    return new UserError(
        String.format(
            Locale.ROOT,
            "%s is %,d tokens, but %s (%,d) minus the template (%,d) and an instruction (up to"
                + " %,d) leaves %,d for the text: give at most that, or raise %s.",
            what,
            value,
            limitName,
            limit,
            budget.templateTokens(),
            budget.instructionTokens(),
            Math.max(0, fits),
            limitName));
  }
}
