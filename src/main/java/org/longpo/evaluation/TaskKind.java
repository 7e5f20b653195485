package org.longpo.evaluation;

/** What an item measures. */
public enum TaskKind {
  /** Needles in a haystack. */
  NEEDLE,
  /** Questions about a passage that is all the model reads. */
  QA_SHORT,
  /** Questions about passages hidden in a haystack. */
  QA_LONG,
  /** Bits per byte of held-out text. */
  BITS_PER_BYTE
}
