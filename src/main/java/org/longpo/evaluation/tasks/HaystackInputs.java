package org.longpo.evaluation.tasks;

import java.util.Optional;
import org.longpo.evaluation.EvaluationInputs;
import org.longpo.evaluation.EvaluationSettings;

/** What tasks with haystacks read. */
public final class HaystackInputs {
  /** The texts' name in identities and errors. */
  public static final String TEXTS = "haystack texts";

  private HaystackInputs() {}

  /** As {@link org.longpo.evaluation.Task#missing}. */
  static Optional<String> missing(EvaluationInputs inputs, EvaluationSettings settings) {
    return inputs.haystack().isEmpty() || settings.haystacks().lengths().isEmpty()
        ? Optional.of("haystack texts (--documents) and context lengths (--lengths)")
        : Optional.empty();
  }
}
