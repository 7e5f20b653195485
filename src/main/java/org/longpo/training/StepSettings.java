package org.longpo.training;

import org.longpo.settings.Option;
import org.longpo.settings.OptionChecks;
import org.longpo.settings.Range;

/**
 * How many steps there are, and what happens between them.
 *
 * @param numTrainEpochs passes over the data
 * @param gradientAccumulationSteps documents per step; the step is the mean over them
 * @param saveSteps steps between checkpoints
 * @param loggingSteps steps per line of metrics
 * @param maxSkippedSteps steps in a row that may be skipped for a loss or gradient that is not
 *     finite, before the run stops
 * @param collapse when training collapses, and what is done then
 */
public record StepSettings(
    @Option(defaultValue = "1", meaning = "Passes over the pairs.") @Range(from = 1)
        int numTrainEpochs,
    @Option(defaultValue = "8", meaning = "Documents per step (the default is the paper's).")
        @Range(from = 1)
        int gradientAccumulationSteps,
    @Option(defaultValue = "100", meaning = "Steps between checkpoints to resume from.")
        @Range(from = 1)
        int saveSteps,
    @Option(defaultValue = "1", meaning = "Steps per line of metrics.") @Range(from = 1)
        int loggingSteps,
    @Option(
            defaultValue = "10",
            meaning =
                "Steps in a row that may be skipped for a loss or gradient that is not finite.")
        @Range(from = 1)
        int maxSkippedSteps,
    CollapseSettings collapse) {
  public StepSettings {
    OptionChecks.require(
        StepSettings.class,
        numTrainEpochs,
        gradientAccumulationSteps,
        saveSteps,
        loggingSteps,
        maxSkippedSteps,
        collapse);
  }
}
