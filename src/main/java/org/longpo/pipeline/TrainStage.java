package org.longpo.pipeline;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.longpo.checkpoint.AdapterWriter;
import org.longpo.checkpoint.Checkpoint;
import org.longpo.checkpoint.ModelConfig;
import org.longpo.engine.EngineSettings;
import org.longpo.engine.LanguageModel;
import org.longpo.engine.ModelLoader;
import org.longpo.engine.attention.KernelProbe;
import org.longpo.files.ModelFolder;
import org.longpo.files.StageIdentity;
import org.longpo.model.ModelChoice;
import org.longpo.model.ModelIdentity;
import org.longpo.objective.FreshSamples;
import org.longpo.pairs.GenerateSettings;
import org.longpo.progress.Cancellation;
import org.longpo.progress.Progress;
import org.longpo.tensor.DType;
import org.longpo.tensor.Device;
import org.longpo.tensor.Libtorch;
import org.longpo.tensor.Scope;
import org.longpo.training.ModelExport;
import org.longpo.training.TrainedOn;
import org.longpo.training.Trainer;
import org.longpo.training.TrainingData;
import org.longpo.training.TrainingEnd;
import org.longpo.training.TrainingFolder;
import org.longpo.training.TrainingJob;
import org.longpo.training.TrainingModels;
import org.longpo.training.TrainingSettings;
import org.longpo.training.TrainingSetup;

/**
 * Train: pairs and a checkpoint in, a checkpoint out. Started again it continues where it was; once
 * finished it does nothing.
 *
 * @param model that training starts from
 */
public record TrainStage(ModelChoice model, TrainingSettings settings) {
  /** What messages and {@link StageIdentity} call the data. */
  private static final String DATA =
      "training data (pairs as this tokenizer and template write them)";

  /**
   * Trains on the pair file in {@code pairs} and leaves the result in {@code folder}, a {@link
   * TrainingFolder}. Where its record and the result show that this is done, nothing is computed; a
   * result that was removed is exported again, from the last checkpoint or the adapter.
   *
   * @return the folder of the trained checkpoint
   * @throws org.longpo.error.UserError if no step has a learning rate above 0, the run does not fit
   *     into memory, the folder holds another run, too many steps in a row have to be skipped, or
   *     the weights that come out are not finite or those that the run began with
   * @throws org.longpo.progress.CancelledException after saving, if the work is to stop
   */
  public Path run(Path pairs, Path folder, Progress progress, Cancellation cancellation) {
    try (OpenPairs open = OpenPairs.open(pairs, model, settings, true, progress)) {
      return run(open, folder, progress, cancellation);
    }
  }

  /** As {@link #run(Path, Path, Progress, Cancellation)}, on what {@link #open} returned. */
  public Path run(OpenPairs pairs, Path folder, Progress progress, Cancellation cancellation) {
    TrainingJob job =
        new TrainingJob(
            new TrainingFolder(folder),
            identity(ModelIdentity.of(model), pairs.examples().sha256()));
    return run(pairs.examples(), job, progress, cancellation);
  }

  /**
   * As {@link #run(Path, Path, Progress, Cancellation)}, on data that is laid out already.
   *
   * @param job the folder, and {@link #identity} with this data
   */
  Path run(TrainingData data, TrainingJob job, Progress progress, Cancellation cancellation) {
    TrainingFolder folder = job.folder();
    Path result = folder.result(settings);
    job.verifyIfBegun();
    Libtorch.setDeterministic(
        Device.parse(model.device()), settings.reproducibility().deterministic());
    // Also without a record: what has no checkpoints cannot be what a run was killed in.
    if (Files.isDirectory(result) && (TrainedOn.isThere(folder) || !folder.hasCheckpoints())) {
      sayDone(folder, progress);
      if (!TrainedOn.isThere(folder)) {
        TrainedOn.of(data, settings, TrainingEnd.ofFinished(folder, settings, data)).write(folder);
      }
    } else {
      train(data, job, progress, cancellation);
    }
    return result;
  }

  private void train(
      TrainingData data, TrainingJob job, Progress progress, Cancellation cancellation) {
    TrainingFolder folder = job.folder();
    try (Checkpoint checkpoint = Checkpoint.open(model.folder());
        Scope ignored = Scope.open()) {
      TrainingSetup setup = setup(checkpoint);
      setup.announce(data, progress);
      LanguageModel policy =
          ModelLoader.trainable(
              checkpoint,
              setup.config(),
              setup.dtype(),
              setup.device(),
              settings.tuning(),
              settings.seed());
      ModelExport export = new ModelExport(checkpoint, model.folder(), policy, settings);
      boolean wasDone = TrainedOn.isThere(folder);
      if (wasDone && !folder.hasCheckpoints() && Files.isDirectory(folder.adapter())) {
        progress.say(
            "The trained model was removed: it is merged again from " + folder.adapter() + ".");
        export.readAdapter(folder.adapter());
        export.write(data.scale().longest(), folder.model(), folder.adapter());
      } else {
        if (wasDone) {
          progress.say(
              folder.hasCheckpoints()
                  ? "The trained model was removed: it is exported again from its last checkpoint."
                  : "The trained model and its checkpoints were removed: training starts again.");
        }
        TrainingModels models = new TrainingModels(policy, teacher(checkpoint, setup, policy));
        TrainingEnd end =
            Trainer.train(models, data, settings, setup.engine(), job, progress, cancellation);
        export.write(data.scale().longest(), folder.model(), folder.adapter());
        TrainedOn.of(data, settings, end).write(folder);
      }
    }
  }

  /**
   * The model as training starts from it: beside adapters it is there already, else it is a frozen
   * copy. Empty where nobody asks it.
   */
  private Optional<LanguageModel> teacher(
      Checkpoint checkpoint, TrainingSetup setup, LanguageModel policy) {
    if (settings.objective().requirements().freshSamples().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        settings.tuning().lora().isPresent()
            ? policy.withoutAdapters().withRope(checkpoint.config().rope())
            : ModelLoader.frozen(checkpoint, checkpoint.config(), setup.dtype(), setup.device()));
  }

  /** What {@link #run} returns. */
  Path result(Path folder) {
    return new TrainingFolder(folder).result(settings);
  }

  /**
   * Whether {@link #run} has nothing left to do in a folder, even if pairs and documents were
   * removed.
   */
  public boolean isFinished(Path folder) {
    // Whole models are hashed for the identity: only where there is something to compare.
    return hasResult(new TrainingFolder(folder)) && isFinished(folder, ModelIdentity.of(model));
  }

  /**
   * As {@link #isFinished(Path)}.
   *
   * @param reader {@link ModelIdentity} of the model
   */
  boolean isFinished(Path folder, StageIdentity reader) {
    TrainingFolder home = new TrainingFolder(folder);
    Optional<StageIdentity> begun = home.begunWith();
    return hasResult(home)
        && begun.isPresent()
        && identity(reader, begun.get().content().getOrDefault(DATA, ""))
            .differencesTo(begun.get())
            .isEmpty();
  }

  private boolean hasResult(TrainingFolder folder) {
    return TrainedOn.isThere(folder) && Files.isDirectory(folder.result(settings));
  }

  /** The result of a training that {@link #isFinished}, which it tells. */
  public Optional<Path> finished(Path folder, Progress progress) {
    if (!isFinished(folder)) {
      return Optional.empty();
    }
    sayDone(new TrainingFolder(folder), progress);
    return Optional.of(result(folder));
  }

  /** Tells where the result of a finished training is, and what else of it was removed. */
  private void sayDone(TrainingFolder folder, Progress progress) {
    progress.say("Training is done already: " + folder.result(settings) + ".");
    if (settings.tuning().lora().isPresent() && !Files.isDirectory(folder.adapter())) {
      progress.say(
          "Its adapter was removed, but the model has it merged"
              + (folder.hasCheckpoints()
                  ? "; to have both exported again from the last checkpoint, remove the model, too."
                  : "."));
    }
  }

  /**
   * What decides the result: only the same training continues in a folder.
   *
   * @param reader {@link ModelIdentity} of the model: the data is the pairs as it reads them
   */
  StageIdentity identity(StageIdentity reader, String dataSha256) {
    return reader
        .forStage("train")
        .withContent(DATA, dataSha256)
        .withSetting("train", settings.byName());
  }

  /**
   * Lays the pairs out and makes sure, before anything is written, that training on them can begin.
   *
   * @throws org.longpo.error.UserError if it cannot
   */
  public OpenPairs open(Path pairs, Progress progress) {
    return open(pairs, /* needsReferences= */ true, progress);
  }

  /**
   * As {@link #open(Path, Progress)}, for pairs whose long references are still to be computed.
   *
   * @throws org.longpo.error.UserError if training could not begin on them with these references
   */
  public void checkWithoutReferences(Path pairs, Progress progress) {
    open(pairs, /* needsReferences= */ false, progress).close();
  }

  private OpenPairs open(Path pairs, boolean needsReferences, Progress progress) {
    OpenPairs open = OpenPairs.open(pairs, model, settings, needsReferences, progress);
    try (Checkpoint checkpoint = Checkpoint.open(model.folder())) {
      setup(checkpoint).check(open.examples());
      return open;
    } catch (RuntimeException e) {
      open.close();
      throw e;
    }
  }

  /**
   * Refuses a model that cannot be trained with these settings; reads no weight.
   *
   * @throws org.longpo.error.UserError if an adapter is to be trained on an adapter
   */
  public void requireTrainable() {
    if (settings.tuning().lora().isPresent()) {
      AdapterWriter.requireWhole(ModelFolder.of(model.folder()));
    }
  }

  /**
   * Refuses, before anything is spent on it, a round whose training cannot fit into memory.
   *
   * @param generate how the pairs will be made: the length, and K pairs with two answers each
   */
  public void requireMemory(GenerateSettings generate) {
    long chosen = generate.answers().maxNewTokens();
    long rejected =
        settings
            .objective()
            .requirements()
            .freshSamples()
            .map(FreshSamples::maxNewTokens)
            .orElse(generate.answers().maxNewTokens());
    long answers = generate.cut().pairsPerDocument() * (chosen + rejected);
    try (Checkpoint checkpoint = Checkpoint.open(model.folder())) {
      setup(checkpoint).requireMemory(generate.lengthTokens() + answers);
    }
  }

  private TrainingSetup setup(Checkpoint checkpoint) {
    Device device = Device.parse(model.device());
    KernelProbe probe = KernelProbe.ofUser();
    DType dtype = model.resolveDtype(checkpoint, device, probe);
    ModelConfig config = settings.rope().applyTo(checkpoint.config());
    EngineSettings engine =
        new EngineSettings(model.engine(), probe.choose(dtype, device, config.headDim()));
    return new TrainingSetup(settings, config, engine, dtype, device);
  }
}
