package org.longpo.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.longpo.tensor.Scope;

/** Loss and metrics on the documents that are not trained on, and the step at which it was best. */
final class HeldOutEvaluation {
  private final TrainingStep work;
  private final TrainingData data;
  private final Optional<OnPolicySampler> sampler;
  private final TrainingSettings settings;
  private final int totalSteps;
  private Optional<TrainingState.Best> best;

  /**
   * @param sampler draws what the loss is of, where the objective learns from samples; the seeds
   *     are the same in every evaluation, so that these differ by the weights alone
   * @param best the best evaluation so far
   */
  HeldOutEvaluation(
      TrainingStep work,
      TrainingData data,
      Optional<OnPolicySampler> sampler,
      TrainingSettings settings,
      int totalSteps,
      Optional<TrainingState.Best> best) {
    this.work = work;
    this.data = data;
    this.sampler = sampler;
    this.settings = settings;
    this.totalSteps = totalSteps;
    this.best = best;
  }

  /**
   * The result of an evaluation.
   *
   * @param isBest whether no loss was lower so far
   * @param metrics means by name, the loss among them, each with {@code eval_} before it
   * @param sentence to tell the user
   */
  record Result(boolean isBest, Map<String, Object> metrics, String sentence) {}

  /**
   * Whether the weights after a step are to be evaluated and have not been yet.
   *
   * @param done evaluations so far
   */
  boolean isDue(int step, int done) {
    if (settings.validation().evalShare() == 0 || step == 0) {
      return false;
    }
    int every = settings.validation().evalSteps().orElse(settings.steps().saveSteps());
    boolean isExtra = step == totalSteps && step % every != 0;
    return (isExtra || step % every == 0) && done < step / every + (isExtra ? 1 : 0);
  }

  /** The evaluation with the lowest loss; empty before the first whose loss is finite. */
  Optional<TrainingState.Best> best() {
    return best;
  }

  private TrainingExample example(int document, Runnable beforeToken) {
    TrainingExample example = data.example(document);
    return sampler
        .map(policy -> policy.sampled(example, "evaluation", beforeToken))
        .orElse(example);
  }

  /**
   * Evaluates the weights as they are.
   *
   * @param step steps done
   * @param beforeEach runs before every document and every token that is drawn, and may throw to
   *     stop
   */
  Result run(int step, Runnable beforeEach) {
    MetricWindow window = new MetricWindow(Map.of());
    List<String> broken = new ArrayList<>();
    for (int i = 0; i < data.size(); i++) {
      beforeEach.run();
      try (Scope ignored = Scope.open()) {
        TrainingStep.Outcome outcome = work.evaluate(example(i, beforeEach));
        window.add(outcome);
        if (!outcome.isFinite()) {
          broken.add(data.id(i));
        }
      }
    }
    Map<String, Double> means = window.drain();
    if (!broken.isEmpty()) {
      // A mean over the others would look better than it is.
      means.remove(TrainingMetric.LOSS);
    }
    Map<String, Object> metrics = new LinkedHashMap<>();
    means.forEach((name, mean) -> metrics.put(TrainingMetric.EVAL + name, mean));
    Double loss = means.get(TrainingMetric.LOSS);
    if (loss == null) {
      return new Result(
          false,
          metrics,
          "Step %d: the evaluation loss is not finite (document %s)."
              .formatted(step, String.join(", ", broken)));
    }
    Optional<TrainingState.Best> before = best;
    boolean isBest = before.isEmpty() || loss < before.get().loss();
    if (isBest) {
      best = Optional.of(new TrainingState.Best(step, loss));
    }
    return new Result(
        isBest,
        metrics,
        "Step %d: evaluation loss %.4f%s."
            .formatted(
                step,
                loss,
                isBest
                    ? ", the best so far"
                    : ", the best was %.4f at step %d"
                        .formatted(before.get().loss(), before.get().step())));
  }
}
