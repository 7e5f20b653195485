package org.longpo.pipeline;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.longpo.checkpoint.Checkpoint;
import org.longpo.checkpoint.ModelConfig;
import org.longpo.engine.EngineSettings;
import org.longpo.engine.attention.KernelProbe;
import org.longpo.files.AtomicFile;
import org.longpo.files.Json;
import org.longpo.files.StageIdentity;
import org.longpo.model.ModelChoice;
import org.longpo.model.ModelIdentity;
import org.longpo.pairs.GenerateSettings;
import org.longpo.progress.Cancellation;
import org.longpo.progress.Progress;
import org.longpo.tensor.DType;
import org.longpo.tensor.Device;
import org.longpo.training.ExecutionSettings;
import org.longpo.training.TrainedOn;
import org.longpo.training.TrainingRun;
import org.longpo.training.TrainingSettings;

/** Train: pairs and a checkpoint in, a checkpoint out. */
public record TrainStage(ModelChoice model, TrainingSettings settings) {
  /** What of the model decided the data of a finished training. */
  private static final String TRAINED_FROM = "trained-from.json";

  /**
   * Trains on the pair file in {@code pairs} and leaves the trained checkpoint in {@code model} of
   * {@code folder}.
   *
   * @return the folder of the trained checkpoint
   */
  public Path run(Path pairs, Path folder, Progress progress, Cancellation cancellation) {
    try (OpenPairs open = OpenPairs.open(pairs, model, settings, true, progress)) {
      return run(open, folder, progress, cancellation);
    }
  }

  /** As {@link #run(Path, Path, Progress, Cancellation)}, on what {@link #open} returned. */
  public Path run(OpenPairs pairs, Path folder, Progress progress, Cancellation cancellation) {
    TrainingRun run = trainingRun(folder);
    run.run(pairs.examples(), progress, cancellation);
    AtomicFile.writeText(folder.resolve(TRAINED_FROM), Json.pretty(ModelIdentity.of(model)));
    TrainedOn.of(pairs.examples(), settings).write(folder);
    return run.result();
  }

  /** What {@link #run} returns. */
  Path result(Path folder) {
    return trainingRun(folder).result();
  }

  /**
   * Whether {@link #run} has nothing left to do in a folder; for whom pairs or documents are gone.
   */
  public boolean isFinished(Path folder) {
    return TrainedOn.isThere(folder)
        && trainingRun(folder).isFinished()
        && isTrainedFromThis(folder.resolve(TRAINED_FROM));
  }

  /** Weights are not all: the data is the pairs as this tokenizer and template write them. */
  private boolean isTrainedFromThis(Path file) {
    return !Files.exists(file)
        || Json.read(file, StageIdentity.class).differencesTo(ModelIdentity.of(model)).isEmpty();
  }

  /** The result of a training that {@link #isFinished}, which it tells. */
  public Optional<Path> finished(Path folder, Progress progress) {
    if (!isFinished(folder)) {
      return Optional.empty();
    }
    TrainingRun run = trainingRun(folder);
    run.sayDone(progress);
    return Optional.of(run.result());
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
    try {
      trainingRun(model.folder()).check(open.examples());
      return open;
    } catch (RuntimeException e) {
      open.close();
      throw e;
    }
  }

  /**
   * Refuses, before anything is spent on it, a round whose training cannot fit into memory.
   *
   * @param generate how the pairs will be made: the length, and K pairs with two answers each
   */
  public void requireMemory(GenerateSettings generate) {
    TrainingRun run = trainingRun(model.folder());
    long answers = 2L * generate.pairsPerDocument() * generate.answers().maxNewTokens();
    run.memory(ModelConfig.read(model.folder()), generate.lengthTokens() + answers)
        .requireFits(run.device());
  }

  private TrainingRun trainingRun(Path folder) {
    Device device = Device.parse(model.device());
    KernelProbe probe = KernelProbe.ofUser();
    try (Checkpoint checkpoint = Checkpoint.open(model.folder())) {
      DType dtype = model.resolveDtype(checkpoint, device, probe);
      EngineSettings engine =
          EngineSettings.defaults(probe.choose(dtype, device, checkpoint.config().headDim()));
      return new TrainingRun(
          model.folder(), folder, settings, ExecutionSettings.of(engine), dtype, device);
    }
  }
}
