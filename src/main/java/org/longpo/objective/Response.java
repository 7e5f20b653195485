package org.longpo.objective;

/** The two answers of a pair. */
public enum Response {
  /** y_S: the generator's answer to the short input. */
  CHOSEN,
  /** y_L: the generator's answer to the long input. */
  REJECTED
}
