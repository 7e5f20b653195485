package org.longpo.cli;

import java.nio.file.Path;
import java.util.Map;
import org.longpo.pairs.FilterSettings;
import org.longpo.pairs.GenerateSettings;
import org.longpo.pairs.InstructionPrompt;
import org.longpo.pairs.SamplingSettings;
import org.longpo.settings.Key;
import org.longpo.settings.KeyTypes;
import org.longpo.settings.Section;
import org.longpo.settings.Settings;

/** The settings of making pairs; defaults are the paper's. */
final class GenerateKeys {
  static final Section SECTION = new Section("Making pairs");

  private static final GenerateSettings PAPER = GenerateSettings.forLength(131_072, 0);

  static final Key<Path> INSTRUCTIONS =
      SECTION.add(
          Key.derived(
              "instructions",
              KeyTypes.FILE,
              "the model writes them",
              "Instructions, one per line, for models that cannot write their own."));

  static final Key<Integer> CHUNK_TOKENS =
      SECTION.add(
          Key.derived(
              "chunk_tokens",
              KeyTypes.COUNT,
              "32,768 (the paper's), or a quarter of the length where that is less",
              "Tokens of a chunk at most."));

  static final Key<Integer> PAIRS_PER_DOCUMENT =
      SECTION.add(
          Key.of(
              "pairs_per_document",
              KeyTypes.COUNT.labelled("K"),
              PAPER.pairsPerDocument(),
              "Pairs per document (the paper: 4; its code: 2)."));

  static final Key<Integer> INSTRUCTIONS_PER_CHUNK =
      SECTION.add(
          Key.of(
              "instructions_per_chunk",
              KeyTypes.COUNT,
              PAPER.instructionsPerChunk(),
              "Instructions asked for per chunk, at most "
                  + InstructionPrompt.MOST
                  + ", of which one is kept (the paper: 4); a small model may manage but one."));

  static final Key<Integer> MAX_NEW_TOKENS =
      SECTION.add(
          Key.derived(
              "max_new_tokens",
              KeyTypes.COUNT,
              "1,024 (the paper's), or a quarter of the length where that is less",
              "Tokens of an answer at most."));

  static final Key<Double> TEMPERATURE =
      SECTION.add(
          Key.of(
              "temperature",
              KeyTypes.NOT_NEGATIVE.labelled("T"),
              PAPER.answers().temperature(),
              "Of the answers; 0 is greedy (the paper: 0; its code: 1)."));

  static final Key<Double> TOP_P =
      SECTION.add(
          Key.of(
              "top_p",
              KeyTypes.number("a number above 0, at most 1", p -> p > 0 && p <= 1).labelled("P"),
              PAPER.answers().topP(),
              "Nucleus of the answers; 1 is off."));

  static final Key<Double> MIN_PIECE_FILL =
      SECTION.add(
          Key.of(
              "min_piece_fill",
              KeyTypes.SHARE,
              PAPER.minPieceFill(),
              "Pieces with fewer tokens than this share of the length are skipped."));

  static final Key<Double> HOLD_OUT_SHARE =
      SECTION.add(
          Key.of(
              "hold_out_share",
              KeyTypes.number("a number from 0 to below 1", x -> x >= 0 && x < 1).labelled("SHARE"),
              PAPER.holdOutShare(),
              "Share of the text kept apart for evaluation."));

  static final Key<Integer> MAX_DOCUMENTS =
      SECTION.add(
          Key.derived(
              "max_documents",
              KeyTypes.COUNT,
              "all",
              "Make pairs from this many documents (pieces of the length) at most, drawn by the"
                  + " seed."));

  static final Key<Boolean> REFERENCE_LONG =
      SECTION.add(
          Key.of(
              "reference_long",
              KeyTypes.SWITCH,
              false,
              "Also store the reference's log-probabilities behind the long input, which dpo and"
                  + " ipo need; longpo reference adds them later."));

  private GenerateKeys() {}

  static GenerateSettings settings(Settings settings, int lengthTokens) {
    long seed = settings.get(RunKeys.SEED);
    GenerateSettings paper = GenerateSettings.forLength(lengthTokens, seed);
    return new GenerateSettings(
        lengthTokens,
        settings.find(CHUNK_TOKENS).orElse(paper.chunkTokens()),
        settings.get(MIN_PIECE_FILL),
        paper.minChunkFill(),
        settings.get(PAIRS_PER_DOCUMENT),
        settings.get(INSTRUCTIONS_PER_CHUNK),
        paper.instructions(),
        settings.find(INSTRUCTIONS).map(Path::toString),
        new SamplingSettings(
            settings.get(TEMPERATURE),
            settings.get(TOP_P),
            0,
            settings.find(MAX_NEW_TOKENS).orElse(paper.answers().maxNewTokens())),
        RunKeys.rope(settings).theta(),
        RunKeys.rope(settings).scaling(),
        settings.get(REFERENCE_LONG),
        settings.find(MAX_DOCUMENTS),
        settings.get(HOLD_OUT_SHARE),
        FilterSettings.defaults(),
        seed);
  }

  /** Defaults that depend on the length, by the keys' names. */
  static Map<String, Object> resolved(GenerateSettings settings) {
    return Map.of(
        CHUNK_TOKENS.name(), settings.chunkTokens(),
        MAX_NEW_TOKENS.name(), settings.answers().maxNewTokens());
  }
}
