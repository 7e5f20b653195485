package org.longpo.pairs;

/** What is done with a pair whose texts begin with a block of reasoning. */
public enum ReasoningRule {
  /** The block is removed: instructions and answers are the text that follows it. */
  STRIP,
  /** The pair is dropped. */
  DROP
}
