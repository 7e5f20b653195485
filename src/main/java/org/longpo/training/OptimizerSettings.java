package org.longpo.training;

import java.util.Map;
import org.longpo.settings.Option;
import org.longpo.settings.OptionChecks;
import org.longpo.settings.OptionRecords;
import org.longpo.settings.Range;
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
    @Option(defaultValue = "adamw", meaning = "adamw (the paper's) or rmsprop (its code's).")
        OptimizerKind optim,
    @Option(
            defaultValue = "5e-7",
            label = "RATE",
            meaning = "Peak learning rate (the default is the paper's, for 7B models).")
        @Range(above = 0)
        double learningRate,
    @Option(defaultValue = "cosine", meaning = "cosine, linear, constant or constant_with_warmup.")
        LearningRateSchedule lrSchedulerType,
    @Option(defaultValue = "0.1", meaning = "Share of the steps in which the rate rises.")
        @Range(from = 0, to = 1)
        double warmupRatio,
    @Option(
            defaultValue = "0",
            label = "W",
            meaning =
                "Weight decay of matrices and embeddings, as transformers' trainer has it: norms"
                    + " and biases do not decay. Decoupled with adamw; 0: none.")
        @Range(from = 0)
        double weightDecay,
    @Option(
            defaultValue = "1",
            label = "NORM",
            meaning = "Gradients are clipped to this norm; 0: never.")
        @Range(from = 0)
        double maxGradNorm,
    @Option(
            defaultValue = "false",
            meaning = "Whether the optimizer's state lives in host memory (device cuda).")
        boolean offloadOptimizer) {
  public OptimizerSettings {
    OptionChecks.require(
        OptimizerSettings.class,
        optim,
        learningRate,
        lrSchedulerType,
        warmupRatio,
        weightDecay,
        maxGradNorm,
        offloadOptimizer);
  }

  /**
   * The paper's recipe: Adam, rate 5e-7, cosine with a warm-up of 0.1, no decay; clipping at 1.0 is
   * transformers' default.
   */
  public static OptimizerSettings defaults() {
    return OptionRecords.of(OptimizerSettings.class, Map.of());
  }

  /** Where the state lives, the weights being on {@code device}. */
  Device home(Device device) {
    return offloadOptimizer ? Device.CPU : device;
  }
}
