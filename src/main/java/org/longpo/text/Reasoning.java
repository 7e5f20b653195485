package org.longpo.text;

/** The reasoning that a model's text contains before its answer. */
public enum Reasoning {
  /** None: all of it is the answer. */
  NONE,
  /** A block that was closed; the answer follows, which is empty if the model ended there. */
  ENDED,
  /**
   * A block that was never closed, or after which the tokens ran out before anything but white
   * space was written: there is no answer.
   */
  UNENDED
}
