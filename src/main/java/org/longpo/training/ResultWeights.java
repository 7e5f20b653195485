package org.longpo.training;

import java.util.OptionalInt;
import org.longpo.engine.WeightParts;
import org.longpo.progress.Progress;

/** Which of a run's weights are its result. */
record ResultWeights(
    TrainingSettings settings,
    StateStore<TrainingState> store,
    WeightParts weights,
    Progress progress) {
  /**
   * Makes the model have the weights with the best evaluation if that is asked for, those from
   * before a collapse that ended the run, or the last ones.
   *
   * @param evaluation of the run
   * @param guard of the run
   * @param step steps done
   * @param planned steps that the run would have had
   */
  TrainingEnd load(HeldOutEvaluation evaluation, CollapseGuard guard, int step, int planned) {
    if (guard.stopsTraining()) {
      progress.say("Training ends at step %d of %d (stop_on_collapse).".formatted(step, planned));
    }
    OptionalInt earlier = best(evaluation);
    if (earlier.isEmpty() && guard.stopsTraining()) {
      earlier = beforeCollapse(guard);
    }
    return new TrainingEnd(step, OptionalInt.of(earlier.orElse(step)));
  }

  private OptionalInt best(HeldOutEvaluation evaluation) {
    if (!settings.validation().loadBestModelAtEnd()) {
      return OptionalInt.empty();
    }
    if (evaluation.best().isEmpty()) {
      progress.say("No evaluation loss was finite, so there is no best step: the last one counts.");
      return OptionalInt.empty();
    }
    int best = evaluation.best().get().step();
    store.restoreWeights(best, "load_best_model_at_end", weights.trainedValues());
    progress.say("The weights of step %d are the best.".formatted(best));
    return OptionalInt.of(best);
  }

  private OptionalInt beforeCollapse(CollapseGuard guard) {
    OptionalInt before = guard.checkpointBefore();
    if (before.isPresent()) {
      store.restoreWeights(before.getAsInt(), "stop_on_collapse", weights.trainedValues());
      progress.say(
          "The result has the weights of step %d, from before the fall."
              .formatted(before.getAsInt()));
    } else {
      progress.say(
          "No checkpoint is from before the fall, so the result has the last weights; smaller"
              + " save_steps than %d would have left one.".formatted(settings.steps().saveSteps()));
    }
    return before;
  }
}
