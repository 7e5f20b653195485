package org.longpo.pairs;

import java.util.Optional;
import org.longpo.error.UserError;

/**
 * All settings of the stage that makes pairs.
 *
 * @param lengthTokens N: pieces of documents have at most so many tokens
 * @param chunkTokens C: chunks have at most so many tokens (paper 32,768; the authors' code 16,384
 *     to 30,000)
 * @param minPieceFill share of N below which a piece is skipped
 * @param minChunkFill share of C below which a chunk gets no instruction
 * @param pairsPerDocument chunks drawn from a piece, one pair each (paper 4; code 2)
 * @param instructionsPerChunk instructions that the model is asked to write about a chunk, of which
 *     one is kept (paper 4)
 * @param instructions how the model writes instructions (paper: temperature 0.7, top_p 0.9)
 * @param instructionFile instructions from a file instead; empty: the model writes them
 * @param answers how both answers are sampled (paper: greedy; code: temperature 1, top_p 1; both at
 *     most 1,024 tokens). Only at temperature 1 is kl/short_to_long an estimate of a divergence
 * @param reasoning what becomes of texts that come with a block of reasoning
 * @param rejectedRopeTheta RoPE theta with which the rejected answers are sampled, the policy's;
 *     empty: the checkpoint's own
 * @param rejectedRopeScaling RoPE scaling with which they are sampled, as config.json has it;
 *     empty: the checkpoint's own
 * @param referenceLong whether log-probabilities on the long input are stored too, for baselines
 *     that need them
 * @param maxDocuments pieces that pairs are made from, at most, drawn by the seed; empty: all
 * @param holdOutShare share of the text that is kept apart for evaluation
 * @param filters which pairs are kept
 * @param seed all randomness comes from it
 */
public record GenerateSettings(
    int lengthTokens,
    int chunkTokens,
    double minPieceFill,
    double minChunkFill,
    int pairsPerDocument,
    int instructionsPerChunk,
    SamplingSettings instructions,
    Optional<String> instructionFile,
    SamplingSettings answers,
    ReasoningRule reasoning,
    Optional<Double> rejectedRopeTheta,
    Optional<String> rejectedRopeScaling,
    boolean referenceLong,
    Optional<Integer> maxDocuments,
    double holdOutShare,
    FilterSettings filters,
    long seed) {

  public static final int PAPER_CHUNK_TOKENS = 32_768;

  /** Less than that is no text to ask about, and cannot be cut for sure. */
  public static final int LEAST_CHUNK_TOKENS = 8;

  public static final int PAPER_PAIRS_PER_DOCUMENT = 4;
  public static final int CODE_PAIRS_PER_DOCUMENT = 2;

  /** Answers as in the paper: greedy. */
  public static final SamplingSettings PAPER_ANSWERS = new SamplingSettings(0, 1, 0, 1024);

  /** Answers as in the authors' code: plain samples of the model's distribution. */
  public static final SamplingSettings CODE_ANSWERS = new SamplingSettings(1, 1, 0, 1024);

  /** Instructions as in the paper; four of them fit well within 512 tokens. */
  public static final SamplingSettings PAPER_INSTRUCTIONS = new SamplingSettings(0.7, 0.9, 0, 512);

  private static final double HALF_FULL = 0.5;
  private static final double HOLD_OUT_SHARE = 0.1;

  public GenerateSettings {
    require(
        chunkTokens >= LEAST_CHUNK_TOKENS,
        "chunk_tokens",
        chunkTokens,
        LEAST_CHUNK_TOKENS + " or more");
    require(lengthTokens > 8, "length_tokens", lengthTokens, "more than 8");
    require(
        chunkTokens < lengthTokens,
        "chunk_tokens",
        chunkTokens,
        "below length_tokens (" + lengthTokens + "), else short and long input are the same");
    require(minPieceFill >= 0 && minPieceFill <= 1, "min_piece_fill", minPieceFill, "0 to 1");
    require(minChunkFill >= 0 && minChunkFill <= 1, "min_chunk_fill", minChunkFill, "0 to 1");
    require(pairsPerDocument >= 1, "pairs_per_document", pairsPerDocument, "1 or more");
    require(
        instructionsPerChunk >= 1 && instructionsPerChunk <= InstructionPrompt.MOST,
        "instructions_per_chunk",
        instructionsPerChunk,
        "1 to " + InstructionPrompt.MOST);
    maxDocuments.ifPresent(limit -> require(limit >= 1, "max_documents", limit, "1 or more"));
    require(holdOutShare >= 0 && holdOutShare < 1, "hold_out_share", holdOutShare, "0 to below 1");
    rejectedRopeTheta.ifPresent(
        theta ->
            require(
                theta > 0 && Double.isFinite(theta),
                "rejected_rope_theta",
                theta,
                "a positive number"));
  }

  /**
   * The paper's values for a length: chunks and answers of its size, or of a quarter of the length
   * where that is less.
   */
  public static GenerateSettings forLength(int lengthTokens, long seed) {
    int quarter = Math.max(1, lengthTokens / 4);
    return new GenerateSettings(
        lengthTokens,
        Math.min(PAPER_CHUNK_TOKENS, quarter),
        HALF_FULL,
        HALF_FULL,
        PAPER_PAIRS_PER_DOCUMENT,
        InstructionPrompt.PAPER_COUNT,
        PAPER_INSTRUCTIONS,
        Optional.empty(),
        PAPER_ANSWERS.withMaxNewTokens(Math.min(PAPER_ANSWERS.maxNewTokens(), quarter)),
        ReasoningRule.STRIP,
        Optional.empty(),
        Optional.empty(),
        false,
        Optional.empty(),
        HOLD_OUT_SHARE,
        FilterSettings.defaults(),
        seed);
  }

  /** The same with log-probabilities on the long input. */
  GenerateSettings withReferenceLong() {
    return new GenerateSettings(
        lengthTokens,
        chunkTokens,
        minPieceFill,
        minChunkFill,
        pairsPerDocument,
        instructionsPerChunk,
        instructions,
        instructionFile,
        answers,
        reasoning,
        rejectedRopeTheta,
        rejectedRopeScaling,
        /* referenceLong= */ true,
        maxDocuments,
        holdOutShare,
        filters,
        seed);
  }

  private static void require(boolean valid, String key, Object value, String expected) {
    if (!valid) {
      throw new UserError(key + " is " + value + ", it must be " + expected + ".");
    }
  }
}
