package org.longpo.training;

import org.longpo.error.UserError;
import org.longpo.tensor.Device;

/**
 * How gradients become updates; component names are Hugging Face's in camel case.
 *
 * @param learningRate peak of the schedule
 * @param lrSchedulerType shape of the schedule
 * @param warmupRatio share of the steps in which the rate rises from 0
 * @param weightDecay of matrices, see {@link WeightDecay#ofMatrices}; 0: none
 * @param maxGradNorm the gradients' norm is clipped to it; 0: never
 * @param offloadOptimizer whether the optimizer's state lives in host memory and is updated there;
 *     without effect on the CPU, where it does anyway
 */
public record OptimizerSettings(
    OptimizerKind optim,
    double learningRate,
    LearningRateSchedule lrSchedulerType,
    double warmupRatio,
    double weightDecay,
    double maxGradNorm,
    boolean offloadOptimizer) {
  public OptimizerSettings {
    require(learningRate > 0, "learning_rate", learningRate, "a positive number");
    require(warmupRatio >= 0 && warmupRatio <= 1, "warmup_ratio", warmupRatio, "between 0 and 1");
    require(weightDecay >= 0, "weight_decay", weightDecay, "zero or a positive number");
    require(maxGradNorm >= 0, "max_grad_norm", maxGradNorm, "zero (no clipping) or positive");
  }

  /**
   * The paper's recipe: Adam, rate 5e-7, cosine with a warm-up of 0.1, no decay; clipping at 1.0 is
   * transformers' default.
   */
  public static OptimizerSettings defaults() {
    return new OptimizerSettings(
        OptimizerKind.ADAMW, 5e-7, LearningRateSchedule.COSINE, 0.1, 0, 1.0, false);
  }

  public OptimizerSettings withOptim(OptimizerKind kind) {
    return new OptimizerSettings(
        kind,
        learningRate,
        lrSchedulerType,
        warmupRatio,
        weightDecay,
        maxGradNorm,
        offloadOptimizer);
  }

  public OptimizerSettings withLearningRate(double rate) {
    return new OptimizerSettings(
        optim, rate, lrSchedulerType, warmupRatio, weightDecay, maxGradNorm, offloadOptimizer);
  }

  public OptimizerSettings withSchedule(LearningRateSchedule schedule, double newWarmupRatio) {
    return new OptimizerSettings(
        optim, learningRate, schedule, newWarmupRatio, weightDecay, maxGradNorm, offloadOptimizer);
  }

  public OptimizerSettings withOffloadOptimizer(boolean offload) {
    return new OptimizerSettings(
        optim, learningRate, lrSchedulerType, warmupRatio, weightDecay, maxGradNorm, offload);
  }

  /** Where the state lives, the weights being on {@code device}. */
  Device home(Device device) {
    return offloadOptimizer ? Device.CPU : device;
  }

  private static void require(boolean holds, String key, double value, String expected) {
    if (!holds || !Double.isFinite(value)) {
      throw new UserError(key + " must be " + expected + ", but is " + value + ".");
    }
  }
}
