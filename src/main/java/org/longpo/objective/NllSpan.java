package org.longpo.objective;

/** The tokens that an objective's negative log-likelihood averages over. */
public enum NllSpan {
  /** Every predicted token of the sequence, document and instructions included (the paper). */
  WHOLE_SEQUENCE,
  /** The response tokens alone. */
  RESPONSE,
  /** There is no such term. */
  NONE
}
