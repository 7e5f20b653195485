package org.longpo.pairs;

import java.util.Map;
import java.util.Optional;
import org.longpo.inference.Sampling;
import org.longpo.inference.WriteSettings;
import org.longpo.settings.DerivedDefault;
import org.longpo.settings.FileName;
import org.longpo.settings.Option;
import org.longpo.settings.OptionChecks;
import org.longpo.settings.Range;
import org.longpo.settings.SuppliedValues;

/**
 * Where instructions come from.
 *
 * @param file instructions from a file; empty: the model writes them
 * @param perChunk instructions that the model is asked to write about a chunk, of which one is kept
 *     (paper 4)
 * @param maxNewTokens limit of a list of them, the end token included
 * @param temperature divides the logits (paper: 0.7); 0: greedy
 * @param topP nucleus (paper: 0.9); 1: off
 */
public record InstructionSettings(
    @Option(
            name = "instructions",
            defaultText = "the model writes them",
            type = FileName.class,
            meaning = "Instructions, one per line, for models that cannot write their own.")
        Optional<String> file,
    @Option(
            name = "instructions_per_chunk",
            defaultValue = "4",
            meaning =
                "Instructions that the model is asked to write about a chunk, of which one is kept"
                    + " (the paper: 4); a small model may write only one.")
        @Range(from = 1, to = InstructionPrompt.MOST)
        int perChunk,
    @Option(
            name = "instruction_tokens",
            defaultText = "512, or an eighth of the model's window where that is less",
            derivedBy = EighthOfWindow.class,
            meaning = "Tokens of a list of instructions at most.")
        @Range(from = 1)
        int maxNewTokens,
    @Option(
            name = "instruction_temperature",
            defaultValue = "0.7",
            label = "T",
            meaning = "Of the instructions; 0 is greedy (the paper: 0.7).")
        @Range(from = 0)
        double temperature,
    @Option(
            name = "instruction_top_p",
            defaultValue = "0.9",
            label = "P",
            meaning = "Nucleus of the instructions; 1 is off (the paper: 0.9).")
        @Range(above = 0, to = 1)
        double topP) {
  /** Four instructions fit well within this many. */
  private static final int ENOUGH_TOKENS = 512;

  /** A list's limit, once the window is known. */
  static final class EighthOfWindow implements DerivedDefault {
    @Override
    public Optional<?> of(Map<String, Object> options, SuppliedValues supplied) {
      return supplied
          .find(GeneratorLimits.WINDOW_TOKENS, Integer.class)
          .map(window -> Math.min(ENOUGH_TOKENS, GeneratorLimits.writtenIn(window)));
    }
  }

  public InstructionSettings {
    OptionChecks.require(
        InstructionSettings.class, file, perChunk, maxNewTokens, temperature, topP);
  }

  /** How the model writes them. */
  public WriteSettings writing() {
    return new WriteSettings(Sampling.of(temperature, topP), maxNewTokens);
  }
}
