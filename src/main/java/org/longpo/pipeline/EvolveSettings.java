package org.longpo.pipeline;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.longpo.evaluation.EvaluationSettings;
import org.longpo.model.ModelChoice;
import org.longpo.settings.OptionRecords;

/**
 * A whole run.
 *
 * @param model the model that the first round starts from
 * @param documents paths of files and folders
 * @param questions a file of questions for QA; empty: none
 * @param data a folder with files of published benchmarks; empty: none
 * @param rounds one per length, in their order
 * @param evaluation what every model is evaluated on; tasks may be added to it in a run that is
 *     done
 * @param judge the model that judges answers, the same for all rounds, as scores of different
 *     judges cannot be compared; empty: the model that the first round starts from
 */
public record EvolveSettings(
    ModelChoice model,
    List<String> documents,
    Optional<String> questions,
    Optional<String> data,
    List<RoundSettings> rounds,
    EvaluationSettings evaluation,
    Optional<ModelChoice> judge) {
  public EvolveSettings {
    documents = List.copyOf(documents);
    rounds = List.copyOf(rounds);
  }

  /**
   * All that decides the trained models, by the names of options; rounds one by one. Evaluations
   * know their own settings, so that tasks may be added to a run.
   */
  public Map<String, Object> byName() {
    Map<String, Object> all = new LinkedHashMap<>(OptionRecords.deciding(model));
    all.put("documents", documents);
    all.put("rounds", rounds.stream().map(RoundSettings::byName).toList());
    return all;
  }
}
