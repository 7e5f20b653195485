package org.longpo.objective;

/** The tokens that an objective's negative log-likelihood averages over. */
public enum NllSpan {
  /** Every predicted token of the sequence, document and instructions included (the paper). */
  WHOLE_SEQUENCE,
  /** The response tokens alone. */
  RESPONSE,
  /** There is no such term. */
  NONE;

  /** What makes this term weigh more beside a preference of weight lambda; part of a sentence. */
  String remedyBesideLambda() {
    return this == NONE
        ? "a lower lambda, or an nll_span other than none"
        : "a lower lambda, so that the NLL weighs more";
  }
}
