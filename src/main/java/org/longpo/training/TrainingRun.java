package org.longpo.training;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.longpo.checkpoint.Checkpoint;
import org.longpo.checkpoint.ModelConfig;
import org.longpo.engine.LanguageModel;
import org.longpo.engine.ModelLoader;
import org.longpo.error.UserError;
import org.longpo.files.Json;
import org.longpo.files.StageIdentity;
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
   * Trains and exports. Where record and {@link #result} show that this is done, nothing is
   * computed; a result that is gone is exported again, from the last checkpoint or the adapter.
   *
   * @param data laid out with the same settings
   * @throws UserError if no step has a learning rate above 0, the run does not fit into memory, the
   *     folder holds another run, too many steps in a row have to be skipped, or the weights that
   *     come out are not finite or those that the run began with
   * @throws org.longpo.progress.CancelledException after saving, if the work is to stop
   */
  public void run(TrainingData data, Progress progress, Cancellation cancellation) {
    Libtorch.setDeterministic(device, settings.deterministic());
    try (Checkpoint checkpoint = Checkpoint.open(source);
        Scope ignored = Scope.open()) {
      String fingerprint = checkpoint.sha256();
      StageIdentity identity = Trainer.identity(settings, data.sha256(), fingerprint, dtype);
      if (Files.exists(folder.resolve(StageIdentity.FILE))) {
        identity.verify(folder);
      }
      Optional<TrainingRecord> record = TrainingRecord.find(folder);
      if (record.isPresent() && !record.get().run().equals(identity.sha256())) {
        throw new UserError(
            folder
                + " holds a finished training with other settings, data or model; give this run"
                + " another folder, or repeat it with what it was started with.");
      }
      boolean hasCheckpoints = Files.isDirectory(checkpoints());
      // Also without a record: what has no checkpoints cannot be what a run was killed in.
      if (Files.isDirectory(result()) && (record.isPresent() || !hasCheckpoints)) {
        sayDone(progress);
        return;
      }
      ModelConfig config = settings.rope().applyTo(checkpoint.config());
      TrainingScale scale = data.scale();
      DataSplit split = split(data);
      StepPlan plan = plan(split);
      plan.requireLearning();
      split.sentences(settings.evaluation()).forEach(progress::say);
      requireMemory(config, split.training().size(), scale, progress);
      progress.say(plan.sentence());
      sayWeight(scale, progress);
      LanguageModel model =
          ModelLoader.trainable(
              checkpoint, config, dtype, device, settings.tuning(), settings.seed());
      ModelExport export = new ModelExport(checkpoint, source, model, settings);
      TrainingRecord done;
      if (record.isPresent() && !hasCheckpoints && Files.isDirectory(adapter())) {
        progress.say("The trained model is gone: it is merged again from " + adapter() + ".");
        export.readAdapter(adapter());
        done = record.get();
      } else {
        if (record.isPresent()) {
          progress.say(
              hasCheckpoints
                  ? "The trained model is gone: it is exported again from its last checkpoint."
                  : "The trained model is gone, and so are its checkpoints: training begins anew.");
        }
        Trainer.Done trained = trainer(model, fingerprint, data, progress, cancellation).train();
        done = new TrainingRecord(identity.sha256(), trained.steps(), trained.updates());
      }
      export.write(scale.longest(), model(), adapter());
      done.write(folder);
    }
  }

  /**
   * Whether a training with these settings, from this model, is finished in the folder; for whom
   * the data is not at hand any more.
   */
  public boolean isFinished() {
    Path begun = folder.resolve(StageIdentity.FILE);
    Optional<TrainingRecord> record = TrainingRecord.find(folder);
    if (record.isEmpty() || !Files.isDirectory(result()) || !Files.exists(begun)) {
      return false;
    }
    StageIdentity identity = Json.read(begun, StageIdentity.class);
    try (Checkpoint checkpoint = Checkpoint.open(source)) {
      String data = identity.content().getOrDefault(Trainer.DATA, "");
      return record.get().run().equals(identity.sha256())
          && Trainer.identity(settings, data, checkpoint.sha256(), dtype)
              .differencesTo(identity)
              .isEmpty();
    }
  }

  /** Tells where the result of a finished training is, and what else of it is gone. */
  public void sayDone(Progress progress) {
    progress.say("Training is done already: " + result() + ".");
    if (settings.tuning().lora().isPresent() && !Files.isDirectory(adapter())) {
      progress.say(
          "Its adapter is gone, but the model has it merged"
              + (Files.isDirectory(checkpoints())
                  ? "; to have both exported again from the last checkpoint, remove the model, too."
                  : "."));
    }
  }

  /**
   * Makes sure, before anything is spent on it, that a run can begin.
   *
   * @throws UserError if {@link #run} would refuse it
   */
  public void check(TrainingData data) {
    plan(split(data)).requireLearning();
    ModelConfig config = settings.rope().applyTo(ModelConfig.read(source));
    memory(config, data.scale().largestForest()).requireFits(device);
  }

  private DataSplit split(TrainingData data) {
    return DataSplit.of(data, settings.evaluation(), settings.seed());
  }

  private StepPlan plan(DataSplit split) {
    return StepPlan.of(settings, split.training().size());
  }

  private Trainer trainer(
      LanguageModel model,
      String fingerprint,
      TrainingData data,
      Progress progress,
      Cancellation cancellation) {
    return new Trainer(
        model,
        fingerprint,
        data,
        settings,
        execution.peakFlops().isPresent()
            ? execution
            : execution.withPeakFlops(GemmRate.measure(dtype, device)),
        folder,
        progress,
        cancellation);
  }

  private Path checkpoints() {
    return folder.resolve(Trainer.CHECKPOINTS);
  }

  /**
   * What the device needs at the peak, offload_optimizer considered.
   *
   * @param rows of the largest document's forest
   */
  public MemoryEstimate memory(ModelConfig config, long rows) {
    return estimate(config, rows).on(device, settings.optimizer());
  }

  private MemoryEstimate estimate(ModelConfig config, long rows) {
    return MemoryEstimate.of(
        config, dtype, settings.optimizer().optim(), settings.tuning(), execution.engine(), rows);
  }

  private void requireMemory(
      ModelConfig config, int documents, TrainingScale scale, Progress progress) {
    MemoryEstimate estimate = estimate(config, scale.largestForest());
    progress.say(
        "Training on %d documents takes about %s of memory; the longest sequence has %d tokens."
            .formatted(documents, MemoryEstimate.gib(estimate.total()), scale.longest()));
    if (settings.optimizer().offloadOptimizer() && device == Device.CPU) {
      progress.say(
          "offload_optimizer has no effect on the CPU: the state is in its memory anyway.");
    }
    memory(config, scale.largestForest()).requireFits(device);
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
            "At a response token the preference pulls %.3g times as strongly as the NLL, which is"
                + " over %.0f tokens per sequence (the paper's settings give about 65 at 128K"
                + " tokens).",
            ratio,
            tokensPerSequence));
  }
}
