package org.longpo.evaluation.longtext;

/** What becomes of an input that is longer than its limit. */
public enum Truncation {
  /** The evaluation does not start. */
  NONE,
  /** The middle of its text is cut out, and counted. */
  MIDDLE
}
