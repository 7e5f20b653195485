package org.longpo.training;

import java.nio.file.Path;
import java.util.Locale;
import org.longpo.checkpoint.Checkpoint;
import org.longpo.checkpoint.ModelConfig;
import org.longpo.engine.LanguageModel;
import org.longpo.engine.ModelLoader;
import org.longpo.objective.LongPo;
import org.longpo.objective.PreferenceToNllWeight;
import org.longpo.progress.Cancellation;
import org.longpo.progress.Progress;
import org.longpo.tensor.DType;
import org.longpo.tensor.Device;
import org.longpo.tensor.GemmRate;
import org.longpo.tensor.Libtorch;
import org.longpo.tensor.Scope;

/**
 * The whole stage: a checkpoint and pairs in, a trained checkpoint out, in {@code model} of the
 * run's folder. Started again it goes on where it was; where it is done it does nothing.
 *
 * @param source the model folder that training starts from
 * @param folder takes checkpoints, logs and the trained model
 * @param dtype the type of weights and activations
 */
public record TrainingRun(
    Path source,
    Path folder,
    TrainingSettings settings,
    ExecutionSettings execution,
    DType dtype,
    Device device) {
  /** Logs in the run's folder, JSON Lines by {@link TrainingMetric}. */
  public static final String METRICS = "metrics.jsonl";

  public static final String TIMINGS = "timings.jsonl";

  /** Where the trained checkpoint appears when training is done. */
  public Path model() {
    return folder.resolve("model");
  }

  /** Where the adapter appears, if one is trained, in PEFT's format. */
  public Path adapter() {
    return folder.resolve("adapter");
  }

  /** What training leaves: the checkpoint, or the adapter if it is not merged into one. */
  public Path result() {
    return settings.exportsModel() ? model() : adapter();
  }

  /**
   * Trains and exports.
   *
   * @param data laid out with the same settings
   * @throws org.longpo.error.UserError if the run does not fit into memory, the folder holds
   *     another run, or too many steps in a row have to be skipped
   * @throws org.longpo.progress.CancelledException after saving, if the work is to stop
   */
  public void run(TrainingData data, Progress progress, Cancellation cancellation) {
    try (Checkpoint checkpoint = Checkpoint.open(source);
        Scope ignored = Scope.open()) {
      ModelConfig config = settings.rope().applyTo(checkpoint.config());
      TrainingScale scale = data.scale();
      Libtorch.setDeterministic(device, settings.deterministic());
      requireMemory(config, scale, progress);
      sayWeight(scale, progress);
      LanguageModel model =
          ModelLoader.trainable(
              checkpoint, config, dtype, device, settings.tuning(), settings.seed());
      Trainer trainer =
          new Trainer(
              model,
              checkpoint.sha256(),
              data,
              settings,
              execution.peakFlops().isPresent()
                  ? execution
                  : execution.withPeakFlops(GemmRate.measure(dtype, device)),
              folder,
              progress,
              cancellation);
      trainer.train();
      new ModelExport(checkpoint, source, model, settings)
          .write(scale.longest(), model(), adapter());
    }
  }

  private void requireMemory(ModelConfig config, TrainingScale scale, Progress progress) {
    MemoryEstimate estimate =
        MemoryEstimate.of(
            config,
            dtype,
            settings.optimizer().optim(),
            settings.tuning(),
            execution.engine(),
            scale.largestForest());
    progress.say(
        "Training on %d documents, the longest of %d tokens, takes about %s of memory."
            .formatted(scale.documents(), scale.longest(), MemoryEstimate.gib(estimate.total())));
    if (settings.optimizer().offloadOptimizer() && device == Device.CPU) {
      progress.say(
          "offload_optimizer has no effect on the CPU: the state is in its memory anyway.");
    }
    boolean isElsewhere = settings.optimizer().home(device) != device;
    (isElsewhere ? estimate.withOptimizerElsewhere() : estimate).requireFits(device);
  }

  /** Who scales a run down keeps lambda * beta * |S|: said before anything is spent on it. */
  private void sayWeight(TrainingScale scale, Progress progress) {
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
            settings.layout() == SequenceLayout.CHAIN ? 1 : scale.mostPairs(),
            tokensPerSequence);
    progress.say(
        String.format(
            Locale.ROOT,
            "At a response token the preference pulls %.3g times as strongly as the NLL, which is over %.0f tokens per sequence (the paper's settings give about 65 at 128K tokens).",
            ratio,
            tokensPerSequence));
  }
}
