package org.longpo.pairs;

/** What a seed is for. The names are part of every seed: renaming one changes all runs. */
public enum SeedPurpose {
  /** Which pieces are used, where there are more than max_documents. */
  PIECES,
  /** Which chunks of a piece get an instruction. */
  CHUNKS,
  /** Sampling the instructions of a chunk. */
  INSTRUCTION_SAMPLING,
  /** Which of the instructions is kept. */
  INSTRUCTION_CHOICE,
  /** Sampling the chosen answer. */
  CHOSEN_ANSWER,
  /** Sampling the rejected answer. */
  REJECTED_ANSWER
}
