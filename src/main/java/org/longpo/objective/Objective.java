package org.longpo.objective;

/**
 * A training objective: a document's log-probs in, its loss and gradients out.
 *
 * <p>Implementations are records whose components are the settings; none has a default value.
 * Constructors throw {@link org.longpo.error.UserError} for a setting out of range.
 */
public sealed interface Objective permits LongPo, PairPreference, Ipo, Sft, SoLoPo, Distill {
  /** What {@link #apply} reads; more may be given. */
  Requirements requirements();

  /**
   * The loss of one document; a step is the trainer's mean over its documents.
   *
   * <p>A required log-prob that is infinite or NaN gives a NaN loss and NaN gradients, never an
   * exception, so that the trainer can skip the step.
   *
   * @throws IllegalStateException if a required reading is missing from a pair
   */
  ObjectiveResult apply(DocumentLogProbs document);
}
