package org.longpo.cli;

import java.util.Locale;
import java.util.Optional;
import org.longpo.checkpoint.ContextWindow;
import org.longpo.error.UserError;
import org.longpo.model.ModelChoice;
import org.longpo.pairs.GenerateSettings;
import org.longpo.pairs.InputBudget;
import org.longpo.pairs.InstructionFile;
import org.longpo.pipeline.RoundSettings;
import org.longpo.settings.Settings;
import org.longpo.text.ChatTemplate;
import org.longpo.text.PromptEncoder;
import org.longpo.text.Tokenizer;
import org.longpo.training.OverLength;
import org.longpo.training.SequenceLayout;
import org.longpo.training.TrainingSettings;

/**
 * What the generator's window and template leave for chunks and answers; known before anything is
 * written. All in tokens.
 *
 * @param windowTokens the context that the checkpoint knows, with its own RoPE: chunks are read
 *     with that, whatever RoPE the policy gets
 * @param reasoningTokens limit of a block of reasoning before what the model writes
 * @param listTokens limit of a list of instructions
 * @param budget what of a limit is left for text
 */
record GeneratorLimits(int windowTokens, int reasoningTokens, int listTokens, InputBudget budget) {
  /** Shares of the window that the model may fill with what it writes. */
  private static final int WRITTEN_PART = 8;

  private static final int FEWEST_WRITTEN = 16;

  static GeneratorLimits of(Settings given, ModelChoice choice) {
    int window = ContextWindow.of(choice.folder()).tokens();
    int list =
        given
            .find(GenerateKeys.INSTRUCTION_TOKENS)
            .orElse(
                Math.min(GenerateSettings.PAPER_INSTRUCTIONS.maxNewTokens(), writtenIn(window)));
    Optional<InstructionFile> file =
        given.find(GenerateKeys.INSTRUCTIONS).map(InstructionFile::read);
    try (Tokenizer tokenizer = Tokenizer.load(choice.folder())) {
      PromptEncoder prompts =
          new PromptEncoder(
              tokenizer, ChatTemplate.load(choice.folder(), tokenizer, choice.chat()));
      return new GeneratorLimits(
          window,
          prompts.reasoning().budget(1, 0).maxNewTokens(),
          list,
          InputBudget.of(
              prompts::prompt, file, given.get(GenerateKeys.INSTRUCTIONS_PER_CHUNK), list));
    }
  }

  private static int writtenIn(int windowTokens) {
    return Math.max(FEWEST_WRITTEN, windowTokens / WRITTEN_PART);
  }

  private int roomTokens() {
    return windowTokens - reasoningTokens;
  }

  /** Tokens of an answer where nothing is given: the paper's, or a share of the window. */
  int answerTokens(int paper) {
    return Math.min(paper, writtenIn(windowTokens));
  }

  /**
   * Tokens of a chunk where nothing is given: the paper's, or what the window leaves.
   *
   * @throws UserError if it leaves nothing
   */
  int chunkTokens(int paper, int answerTokens) {
    int left = budget.textInWindow(roomTokens(), answerTokens);
    if (left < GenerateSettings.LEAST_CHUNK_TOKENS) {
      // The request alone may be too much for a small model; a chunk that can be answered is not.
      left = budget.textIn(roomTokens() - answerTokens);
    }
    if (left < GenerateSettings.LEAST_CHUNK_TOKENS) {
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
  void check(Settings given, GenerateSettings settings, Console console) {
    int shortest = budget.textIn(settings.filters().maxShortInputTokens());
    if (given.given(GenerateKeys.CHUNK_TOKENS).isPresent()
        && given.given(FilterKeys.MAX_SHORT_INPUT_TOKENS).isPresent()
        && settings.chunkTokens() > shortest) {
      throw tooMuch(
          given.where(GenerateKeys.CHUNK_TOKENS),
          settings.chunkTokens(),
          FilterKeys.MAX_SHORT_INPUT_TOKENS.name(),
          settings.filters().maxShortInputTokens(),
          shortest);
    }
    settings
        .filters()
        .maxLongInputTokens()
        .filter(limit -> settings.lengthTokens() > budget.textIn(limit))
        .ifPresent(
            limit -> {
              throw tooMuch(
                  "the length",
                  settings.lengthTokens(),
                  FilterKeys.MAX_LONG_INPUT_TOKENS.name(),
                  limit,
                  budget.textIn(limit));
            });
    int chunk = Math.min(settings.chunkTokens(), shortest);
    int fits = budget.textInWindow(roomTokens(), settings.answers().maxNewTokens());
    if (chunk > fits) {
      console.warn(
          String.format(
              Locale.ROOT,
              "chunks of up to %,d tokens, with %s and what the model writes, go beyond its window"
                  + " of %,d tokens (max_position_embeddings), where it writes little of worth;"
                  + " %s.",
              chunk,
              settings.instructionFile().isPresent()
                  ? "the instruction"
                  : "the request for instructions",
              windowTokens,
              fits >= GenerateSettings.LEAST_CHUNK_TOKENS
                  ? String.format(Locale.ROOT, "--chunk-tokens of at most %,d fits", fits)
                  : "ask for fewer by --instructions-per-chunk, or give --instructions"));
    }
  }

  /**
   * The same for training: a document that is too long for it shows before its pairs are made, and
   * not behind them.
   */
  void checkTraining(Settings given, RoundSettings round, Console console) {
    TrainingSettings train = round.train();
    if (train.maxLength().isEmpty() || train.overLength() != OverLength.ERROR) {
      return;
    }
    GenerateSettings made = round.generate();
    int limit = train.maxLength().getAsInt();
    int turns = train.layout() == SequenceLayout.CHAIN ? made.pairsPerDocument() : 1;
    int turn = budget.instructionTokens() + made.answers().maxNewTokens();
    int least = made.lengthTokens() + budget.templateTokens();
    String sequences =
        String.format(
            Locale.ROOT,
            "documents of up to %,d tokens, a template of %,d and %d x up to %,d of instruction and"
                + " answer",
            made.lengthTokens(),
            budget.templateTokens(),
            turns,
            turn);
    String advice = "; raise it, give smaller lengths, or choose --over-length drop";
    if (least > limit) {
      throw new UserError(
          String.format(
              Locale.ROOT,
              "%s is %,d tokens, but training reads %s%s.",
              given.where(TrainKeys.MAX_LENGTH),
              limit,
              sequences,
              advice));
    }
    if (least + (long) turns * turn > limit) {
      console.warn(
          String.format(
              Locale.ROOT,
              "max_length of %,d tokens may be too little for %s, and the first document beyond it"
                  + " ends the training%s.",
              limit,
              sequences,
              advice));
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
