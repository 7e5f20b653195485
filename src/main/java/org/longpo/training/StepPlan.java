package org.longpo.training;

import java.util.stream.IntStream;
import org.longpo.error.UserError;

/**
 * The steps of a run and the learning rate of each, known before the first one.
 *
 * @param documents that are trained on
 * @param epochs passes over them
 * @param perStep documents per step; the last step of an epoch may have fewer
 */
public record StepPlan(OptimizerSettings optimizer, int documents, int epochs, int perStep) {
  static StepPlan of(TrainingSettings settings, int documents) {
    return new StepPlan(
        settings.optimizer(),
        documents,
        settings.steps().numTrainEpochs(),
        settings.steps().gradientAccumulationSteps());
  }

  /**
   * Refuses settings under which nothing can be learned from so few documents.
   *
   * @param documents as many as there may be, some of which may be held out or dropped later
   * @throws UserError if no step would have a rate above 0
   */
  public static void requireLearning(TrainingSettings settings, int documents) {
    of(settings, documents).requireLearning();
  }

  int stepsPerEpoch() {
    return Math.ceilDiv(documents, perStep);
  }

  int steps() {
    return Math.multiplyExact(epochs, stepsPerEpoch());
  }

  /**
   * The rate of a step.
   *
   * @param step steps done before, so 0 for the first
   */
  double learningRate(int step) {
    int steps = steps();
    int warmupSteps = LearningRateSchedule.warmupSteps(optimizer.warmupRatio(), steps);
    return optimizer.learningRate() * optimizer.lrSchedulerType().factor(step, warmupSteps, steps);
  }

  /** Steps whose rate is above 0: the others leave every weight as it is. */
  int learningSteps() {
    return (int) IntStream.range(0, steps()).filter(step -> learningRate(step) > 0).count();
  }

  /**
   * @throws UserError if no step has a rate above 0
   */
  void requireLearning() {
    if (learningSteps() == 0) {
      throw new UserError(
          "Training would learn nothing: with %d documents, gradient_accumulation_steps %d and num_train_epochs %d it has %d step%s, and the warm-up begins with learning rate 0; give more documents, a smaller gradient_accumulation_steps or warmup_ratio 0."
              .formatted(documents, perStep, epochs, steps(), steps() == 1 ? "" : "s"));
    }
  }

  /** To tell the user: "12 steps, 11 of them with a learning rate above 0". */
  String sentence() {
    return "%d steps of up to %d documents, %d of them with a learning rate above 0."
        .formatted(steps(), perStep, learningSteps());
  }
}
