package org.longpo.text;

/** What a model's text holds of reasoning before its answer. */
public enum Reasoning {
  /** None: all of it is the answer. */
  NONE,
  /** A block that was closed; the answer follows. */
  ENDED,
  /** A block that was never closed, or behind which nothing came: there is no answer. */
  UNENDED
}
