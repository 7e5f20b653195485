package org.longpo.objective;

/** Where the sigmoid is applied in a document with several pairs. */
public enum Sigmoid {
  /** One per document, over the sum of the pairs' margins (Eq. 13; log-probs are summed). */
  JOINT,
  /** One per pair; the document's loss is the mean over its pairs. */
  PER_PAIR
}
