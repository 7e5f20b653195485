package org.longpo.objective;

/** The two answers of a pair. */
public enum Response {
  /** y_S: the generator's answer behind the short input. */
  CHOSEN,
  /** y_L: the generator's answer behind the long input. */
  REJECTED
}
