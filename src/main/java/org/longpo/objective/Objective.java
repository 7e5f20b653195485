package org.longpo.objective;

import java.util.List;
import org.longpo.settings.Section;

/**
 * A training objective: from a document's log-probs to its loss and gradients.
 *
 * <p>An implementation is a record whose components are its options, with a line in {@link
 * Objectives}. Constructors throw {@link org.longpo.error.UserError} for a value out of range.
 */
@Section("Objective")
public interface Objective {
  /** The readings that {@link #apply} uses; more may be given. */
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

  /**
   * What to change of these options if training makes chosen answers less and less likely: parts of
   * a sentence such as "a lower lambda". None where no option helps.
   */
  default List<String> remediesForCollapse() {
    return List.of();
  }
}
