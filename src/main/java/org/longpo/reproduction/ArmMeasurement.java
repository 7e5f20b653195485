package org.longpo.reproduction;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.longpo.evaluation.EvaluationInputs;
import org.longpo.evaluation.EvaluationSettings;
import org.longpo.evaluation.ItemResult;
import org.longpo.evaluation.comparison.ModelResults;
import org.longpo.model.ModelChoice;
import org.longpo.pipeline.EvaluateStage;
import org.longpo.pipeline.FinishedEvaluation;
import org.longpo.progress.Cancellation;
import org.longpo.progress.Progress;
import org.longpo.reproduction.ArmRecord.Key;
import org.longpo.tiny.village.VillageTasks;

/**
 * Asks a model the questions of a key.
 *
 * @param folder takes the logs
 */
record ArmMeasurement(ReproductionSettings settings, Path folder, Cancellation cancellation) {
  private static final EvaluationInputs NO_INPUTS =
      new EvaluationInputs(List.of(), List.of(), Optional.empty());

  private static final String SCORE = "score";

  /** Scores of every question by task and length, as {@link ArmRecord#scores} has them. */
  Map<String, List<Double>> of(ModelChoice model, Key key) {
    Map<String, List<Double>> scores = new TreeMap<>();
    evaluate(model, "texts", settings.texts(key), scores);
    evaluate(model, "skills", settings.skills(key), scores);
    return scores;
  }

  private void evaluate(
      ModelChoice model,
      String name,
      EvaluationSettings evaluation,
      Map<String, List<Double>> scores) {
    Path target = folder.resolve(name);
    new EvaluateStage(model, evaluation, VillageTasks.ALL)
        .run(target, NO_INPUTS, Progress.NONE, cancellation);
    ModelResults results = FinishedEvaluation.of(target).getFirst().read(name);
    results
        .items()
        .forEach(
            (task, items) ->
                items.forEach(
                    item ->
                        scores
                            .computeIfAbsent(name(task, item), key -> new ArrayList<>())
                            .add(item.samples().getFirst().values().get(SCORE))));
  }

  private static String name(String task, ItemResult item) {
    return item.length() == 0 ? task : task + "@" + item.length();
  }
}
