package org.longpo.pairs;

/** What becomes of a pair whose texts come with a block of reasoning. */
public enum ReasoningRule {
  /** The block is taken away: instructions are read, and answers learned, from what follows it. */
  STRIP,
  /** The pair is dropped. */
  DROP
}
