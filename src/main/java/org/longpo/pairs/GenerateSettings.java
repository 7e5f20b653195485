package org.longpo.pairs;

import java.util.Map;
import org.longpo.checkpoint.RopeOverride;
import org.longpo.error.UserError;
import org.longpo.settings.OptionRecords;
import org.longpo.settings.Section;
import org.longpo.settings.SeedOption;

/**
 * All settings of the stage that makes pairs; the defaults are the paper's.
 *
 * @param cut how documents are cut, and how much is made from them
 * @param instructions where instructions come from
 * @param answers how both answers are sampled
 * @param rejectedRope the position embedding with which the rejected answers are sampled, the
 *     policy's
 * @param filters which pairs are kept
 * @param seed all randomness comes from it
 */
@Section("Making pairs")
public record GenerateSettings(
    CutSettings cut,
    InstructionSettings instructions,
    AnswerSettings answers,
    RopeOverride rejectedRope,
    FilterSettings filters,
    @SeedOption long seed) {
  public GenerateSettings {
    if (answers.chunkTokens() >= cut.lengthTokens()) {
      throw new UserError(
          "chunk_tokens is %d, it must be below the length (%d), else short and long input are the same."
              .formatted(answers.chunkTokens(), cut.lengthTokens()));
    }
  }

  /**
   * The paper's values for a length and a model whose window limits nothing: chunks and answers of
   * the paper's size, or of a quarter of the length where that is less.
   */
  public static GenerateSettings forLength(int lengthTokens) {
    return OptionRecords.of(
        GenerateSettings.class,
        Map.of(
            GeneratorLimits.LENGTH_TOKENS,
            lengthTokens,
            GeneratorLimits.WINDOW_TOKENS,
            Integer.MAX_VALUE));
  }

  /** N, in tokens. */
  public int lengthTokens() {
    return cut.lengthTokens();
  }

  /** C, in tokens. */
  public int chunkTokens() {
    return answers.chunkTokens();
  }

  public boolean referenceLong() {
    return answers.referenceLong();
  }

  /** The same with log-probabilities on the long input. */
  GenerateSettings withReferenceLong() {
    return OptionRecords.with(this, "reference_long", true);
  }
}
