package org.longpo.pairs;

import java.util.Locale;
import java.util.Optional;
import org.longpo.error.UserError;
import org.longpo.progress.Progress;
import org.longpo.text.Prompts;

/** The length of chunks where the filters limit the short input. */
final class ChunkLimit {
  private ChunkLimit() {}

  /**
   * The largest number of tokens, at most {@code chunk_tokens}, with which a chunk's whole input
   * stays within {@code max_short_input_tokens}: no chunk is made only to be dropped.
   *
   * @param progress gets a message if that is less than {@code chunk_tokens}
   * @throws UserError if template and instruction leave no tokens for text
   */
  static int tokens(
      Prompts prompts,
      Optional<InstructionFile> instructions,
      GenerateSettings settings,
      Progress progress) {
    InputBudget budget =
        InputBudget.of(
            prompts,
            instructions,
            settings.instructions().perChunk(),
            settings.instructions().maxNewTokens());
    int limit = settings.filters().lengths().maxShortInputTokens();
    int fits = budget.textIn(limit);
    if (fits >= settings.chunkTokens()) {
      return settings.chunkTokens();
    }
    String rest =
        String.format(
            Locale.ROOT,
            "max_short_input_tokens (%,d) minus the template (%,d) and an instruction (up to %,d)",
            limit,
            budget.templateTokens(),
            budget.instructionTokens());
    if (fits < AnswerSettings.LEAST_CHUNK_TOKENS) {
      throw new UserError(
          rest + " leaves no text: raise max_short_input_tokens or give shorter instructions.");
    }
    progress.say(String.format(Locale.ROOT, "The chunks have at most %,d tokens: %s.", fits, rest));
    return fits;
  }
}
