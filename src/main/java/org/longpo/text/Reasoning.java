package org.longpo.text;

/** What a model's text holds of reasoning before its answer. */
public enum Reasoning {
  /** None: all of it is the answer. */
  NONE,
  /** A block that was closed; the answer follows, which is empty if the model ended behind it. */
  ENDED,
  /**
   * A block that was never closed, or behind which the tokens ran out before anything but white
   * space came: there is no answer.
   */
  UNENDED
}
