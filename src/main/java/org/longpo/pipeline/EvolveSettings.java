package org.longpo.pipeline;

import java.util.List;
import java.util.Optional;
import org.longpo.evaluation.EvaluationSettings;
import org.longpo.model.ModelChoice;

/**
 * A whole run.
 *
 * @param model the model that the first round starts from
 * @param documents paths of files and folders
 * @param questions a file of questions for QA; empty: none
 * @param rounds one per length, in their order
 * @param evaluation the same for every model
 */
public record EvolveSettings(
    ModelChoice model,
    List<String> documents,
    Optional<String> questions,
    List<RoundSettings> rounds,
    EvaluationSettings evaluation) {
  public EvolveSettings {
    documents = List.copyOf(documents);
    rounds = List.copyOf(rounds);
  }
}
