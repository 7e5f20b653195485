package org.longpo.training;

import java.util.Optional;
import org.longpo.engine.LanguageModel;

/**
 * The models of a training.
 *
 * @param policy the one that is trained
 * @param teacher the policy as it was before training, frozen, with its own position embedding;
 *     empty where the objective draws no samples that it would have to score
 */
public record TrainingModels(LanguageModel policy, Optional<LanguageModel> teacher) {
  /** For an objective that learns from what the pairs hold. */
  public static TrainingModels of(LanguageModel policy) {
    return new TrainingModels(policy, Optional.empty());
  }
}
