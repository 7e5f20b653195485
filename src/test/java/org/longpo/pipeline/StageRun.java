package org.longpo.pipeline;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.longpo.checkpoint.RopeOverride;
import org.longpo.engine.EngineOptions;
import org.longpo.files.StageIdentity;
import org.longpo.model.ModelChoice;
import org.longpo.progress.Cancellation;
import org.longpo.progress.Progress;
import org.longpo.tensor.DType;
import org.longpo.text.ChatSettings;
import org.longpo.training.TrainingData;
import org.longpo.training.TrainingFolder;
import org.longpo.training.TrainingJob;
import org.longpo.training.TrainingSettings;

/** The stage {@code train} on data that no tokenizer laid out. */
public record StageRun(Path source, Path home, TrainingSettings settings, DType dtype) {
  private static final StageIdentity READER = StageIdentity.of("model");

  public StageRun(Path source, Path home, TrainingSettings settings) {
    this(source, home, settings, DType.FLOAT32);
  }

  public void run(TrainingData data, Progress progress, Cancellation cancellation) {
    TrainStage stage = stage();
    stage.run(
        data,
        new TrainingJob(folder(), stage.identity(READER, data.sha256())),
        progress,
        cancellation);
  }

  public void run(TrainingData data) {
    run(data, Progress.NONE, Cancellation.NEVER);
  }

  public boolean isFinished() {
    return stage().isFinished(home, READER);
  }

  public TrainingFolder folder() {
    return new TrainingFolder(home);
  }

  private TrainStage stage() {
    return new TrainStage(
        new ModelChoice(
            source,
            Optional.of(dtype.name().toLowerCase(Locale.ROOT)),
            "cpu",
            RopeOverride.NONE,
            ChatSettings.NONE,
            EngineOptions.DEFAULTS),
        settings);
  }
}
