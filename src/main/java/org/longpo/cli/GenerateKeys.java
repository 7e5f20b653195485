package org.longpo.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.longpo.pairs.GenerateSettings;
import org.longpo.pairs.InstructionPrompt;
import org.longpo.pairs.ReasoningRule;
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
              "32,768 (the paper's), or a quarter of the length, or what the model's window leaves"
                  + " beside template, instruction and answer, whichever is least",
              "Tokens of a chunk at most."));

  static final Key<Double> MIN_CHUNK_FILL =
      SECTION.add(
          Key.of(
              "min_chunk_fill",
              KeyTypes.SHARE,
              PAPER.minChunkFill(),
              "Chunks with fewer tokens than this share of the most get no instruction."));

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

  static final Key<Integer> INSTRUCTION_TOKENS =
      SECTION.add(
          Key.derived(
              "instruction_tokens",
              KeyTypes.COUNT,
              "512, or an eighth of the model's window where that is less",
              "Tokens of a list of instructions at most."));

  static final Key<Double> INSTRUCTION_TEMPERATURE =
      SECTION.add(
          Key.of(
              "instruction_temperature",
              KeyTypes.NOT_NEGATIVE.labelled("T"),
              PAPER.instructions().temperature(),
              "Of the instructions; 0 is greedy (the paper: 0.7)."));

  static final Key<Double> INSTRUCTION_TOP_P =
      SECTION.add(
          Key.of(
              "instruction_top_p",
              KeyTypes.number("a number above 0, at most 1", p -> p > 0 && p <= 1).labelled("P"),
              PAPER.instructions().topP(),
              "Nucleus of the instructions; 1 is off (the paper: 0.9)."));

  static final Key<Integer> MAX_NEW_TOKENS =
      SECTION.add(
          Key.derived(
              "max_new_tokens",
              KeyTypes.COUNT,
              "1,024 (the paper's), or a quarter of the length, or an eighth of the model's window,"
                  + " whichever is least",
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

  static final Key<ReasoningRule> REASONING =
      SECTION.add(
          Key.of(
              "reasoning",
              KeyTypes.choice(ReasoningRule.class).labelled("strip|drop"),
              PAPER.reasoning(),
              "What becomes of a block of reasoning before the model's instructions or an answer:"
                  + " strip takes the block away, drop drops the pair. A block that never ends"
                  + " drops the pair."));

  private GenerateKeys() {}

  /** Without a model: what depends on its window is the paper's. */
  static GenerateSettings settings(Settings settings, int lengthTokens) {
    return settings(settings, lengthTokens, Optional.empty());
  }

  /** With the defaults that the model's window and template leave. */
  static GenerateSettings settings(Settings settings, int lengthTokens, GeneratorLimits limits) {
    return settings(settings, lengthTokens, Optional.of(limits));
  }

  /** With the model's defaults if there is one already. */
  static GenerateSettings listed(Settings settings, int lengthTokens) {
    return settings(
        settings,
        lengthTokens,
        settings.given(ModelKeys.MODEL).isPresent()
            ? Optional.of(
                GeneratorLimits.of(settings, ChatDate.ofToday(ModelKeys.choice(settings))))
            : Optional.empty());
  }

  private static GenerateSettings settings(
      Settings settings, int lengthTokens, Optional<GeneratorLimits> limits) {
    long seed = settings.get(RunKeys.SEED);
    GenerateSettings paper = GenerateSettings.forLength(lengthTokens, seed);
    int paperAnswer = paper.answers().maxNewTokens();
    int answerTokens =
        settings
            .find(MAX_NEW_TOKENS)
            .orElseGet(() -> limits.map(l -> l.answerTokens(paperAnswer)).orElse(paperAnswer));
    int listTokens =
        limits
            .map(GeneratorLimits::listTokens)
            .or(() -> settings.find(INSTRUCTION_TOKENS))
            .orElse(paper.instructions().maxNewTokens());
    return new GenerateSettings(
        lengthTokens,
        settings
            .find(CHUNK_TOKENS)
            .orElseGet(
                () ->
                    limits
                        .map(l -> l.chunkTokens(paper.chunkTokens(), answerTokens))
                        .orElse(paper.chunkTokens())),
        settings.get(MIN_PIECE_FILL),
        settings.get(MIN_CHUNK_FILL),
        settings.get(PAIRS_PER_DOCUMENT),
        settings.get(INSTRUCTIONS_PER_CHUNK),
        new SamplingSettings(
            settings.get(INSTRUCTION_TEMPERATURE), settings.get(INSTRUCTION_TOP_P), 0, listTokens),
        settings.find(INSTRUCTIONS).map(Path::toString),
        new SamplingSettings(settings.get(TEMPERATURE), settings.get(TOP_P), 0, answerTokens),
        settings.get(REASONING),
        RunKeys.rope(settings).theta(),
        RunKeys.rope(settings).scaling(),
        settings.get(REFERENCE_LONG),
        settings.find(MAX_DOCUMENTS),
        settings.get(HOLD_OUT_SHARE),
        FilterKeys.settings(settings),
        seed);
  }

  /** Defaults that depend on length and model, by the keys' names. */
  static Map<String, Object> resolved(GenerateSettings settings) {
    return Map.of(
        CHUNK_TOKENS.name(), settings.chunkTokens(),
        INSTRUCTION_TOKENS.name(), settings.instructions().maxNewTokens(),
        MAX_NEW_TOKENS.name(), settings.answers().maxNewTokens());
  }
}
