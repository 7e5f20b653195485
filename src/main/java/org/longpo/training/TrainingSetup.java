package org.longpo.training;

import java.util.Locale;
import org.longpo.checkpoint.ModelConfig;
import org.longpo.engine.EngineSettings;
import org.longpo.engine.Generator;
import org.longpo.objective.FreshSamples;
import org.longpo.objective.LongPo;
import org.longpo.objective.PreferenceToNllWeight;
import org.longpo.progress.Progress;
import org.longpo.tensor.DType;
import org.longpo.tensor.Device;

/**
 * A training as it is about to run on this machine: what can be checked and told before anything is
 * spent on it.
 *
 * @param config of the policy: with the position embedding that the settings ask for
 * @param dtype the type of weights and activations
 */
public record TrainingSetup(
    TrainingSettings settings,
    ModelConfig config,
    EngineSettings engine,
    DType dtype,
    Device device) {
  /**
   * Makes sure that a training on this data can begin.
   *
   * @throws org.longpo.error.UserError if no step has a learning rate above 0, nothing is left to
   *     train on, or the memory does not suffice
   */
  public void check(TrainingData data) {
    plan(split(data)).requireLearning();
    requireMemory(data.scale().largestForest());
  }

  /**
   * As {@link #check}, and tells what the training will be.
   *
   * @throws org.longpo.error.UserError as {@link #check}
   */
  public void announce(TrainingData data, Progress progress) {
    DataSplit split = split(data);
    StepPlan plan = plan(split);
    plan.requireLearning();
    split.sentences(settings.validation()).forEach(progress::say);
    TrainingScale scale = data.scale();
    progress.say(
        "Training on %d documents takes about %s of memory; the longest sequence has %d tokens."
            .formatted(
                split.training().size(),
                MemoryEstimate.gib(wholeMemory(scale.largestForest()).total()),
                scale.longest()));
    if (settings.optimizer().offloadOptimizer() && device.isCpu()) {
      progress.say(
          "offload_optimizer has no effect on the CPU: the state is in its memory anyway.");
    }
    requireMemory(scale.largestForest());
    progress.say(plan.sentence());
    tellWeight(scale, progress);
  }

  /**
   * Refuses a training whose largest document does not fit into memory.
   *
   * @param rows of the largest document's forest
   * @throws org.longpo.error.UserError with the numbers
   */
  public void requireMemory(long rows) {
    memory(rows).requireFits(device);
  }

  /** What the device needs at the peak, {@code offload_optimizer} considered. */
  MemoryEstimate memory(long rows) {
    return wholeMemory(rows).on(device, settings.optimizer());
  }

  private MemoryEstimate wholeMemory(long rows) {
    MemoryEstimate estimate =
        MemoryEstimate.of(
            config, dtype, settings.optimizer().optim(), settings.tuning(), engine, rows);
    return settings
        .objective()
        .requirements()
        .freshSamples()
        .map(samples -> withSampling(estimate, samples, rows))
        .orElse(estimate);
  }

  private MemoryEstimate withSampling(MemoryEstimate estimate, FreshSamples samples, long rows) {
    // Beside adapters the policy still has the weights that it started from.
    long teacher = settings.tuning().lora().isPresent() ? 0 : estimate.parameters().weights();
    long documents = (long) samples.every() * settings.steps().gradientAccumulationSteps();
    return estimate.withSampling(
        teacher, Generator.mostCacheBytes(config, dtype, engine, documents, rows));
  }

  private DataSplit split(TrainingData data) {
    return DataSplit.of(data, settings.validation(), settings.seed());
  }

  private StepPlan plan(DataSplit split) {
    return StepPlan.of(settings, split.training().size());
  }

  /**
   * Who scales a run down and keeps beta and lambda changes how the two terms weigh: the ratio
   * follows lambda * beta * |S|.
   */
  private void tellWeight(TrainingScale scale, Progress progress) {
    if (!(settings.objective() instanceof LongPo longPo)) {
      return;
    }
    long tokens =
        switch (longPo.nllSpan()) {
          case WHOLE_SEQUENCE -> scale.nllTokens();
          case RESPONSE -> scale.chosenTokens();
          case NONE -> 0;
        };
    if (tokens == 0) {
      return;
    }
    double tokensPerSequence = (double) tokens / scale.nllSequences();
    double ratio =
        PreferenceToNllWeight.of(
            longPo,
            scale.mostPairs(),
            settings.sequences().layout() == SequenceLayout.CHAIN ? 1 : scale.mostPairs(),
            tokensPerSequence);
    progress.say(
        String.format(
            Locale.ROOT,
            "At a response token the preference pulls %.3g times as strongly as the NLL, which is"
                + " over %.0f tokens per sequence (the paper's settings give about 65 at 128K"
                + " tokens).",
            ratio,
            tokensPerSequence));
  }
}
