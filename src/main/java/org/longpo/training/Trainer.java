package org.longpo.training;

import java.nio.file.Path;
import org.longpo.engine.LanguageModel;
import org.longpo.files.StageIdentity;
import org.longpo.progress.Cancellation;
import org.longpo.progress.Progress;
import org.longpo.tensor.DType;
import org.longpo.tensor.Scope;

/**
 * Trains a model in place, step by step, with checkpoints to resume from.
 *
 * <p>Everything that decides a run (weights, optimizer, position in the data, sums of metrics) is
 * in a checkpoint, and the order of the data follows from the seed: a run that was killed and
 * started again ends with the same bytes as one that was not.
 *
 * @param modelSha256 fingerprint of the weights that the model starts from
 * @param folder takes checkpoints and logs; those of the same run are continued
 */
public record Trainer(
    LanguageModel model,
    String modelSha256,
    TrainingData data,
    TrainingSettings settings,
    ExecutionSettings execution,
    Path folder,
    Progress progress,
    Cancellation cancellation) {
  static final String CHECKPOINTS = "checkpoints";

  /** What messages and {@link StageIdentity} call the data. */
  static final String DATA = "training data (pairs as this tokenizer and template write them)";

  /**
   * What was done.
   *
   * @param steps skipped ones included
   * @param updates without them
   */
  public record Done(int steps, long updates) {}

  /**
   * Goes on from the newest whole checkpoint, or starts, and trains to the end. Then the model has
   * the last weights or, with {@code load_best_model_at_end}, those with the best evaluation.
   *
   * @return steps done in all and how many of them were not skipped
   * @throws org.longpo.progress.CancelledException after saving, if the work is to stop
   * @throws org.longpo.error.UserError if the folder holds another run, or too many steps in a row
   *     were skipped, or all
   */
  public Done train() {
    try (Scope ignored = Scope.open()) {
      return new TrainingLoop(this).toTheEnd();
    }
  }

  StageIdentity identity() {
    return identity(settings, data.sha256(), modelSha256, model.dtype());
  }

  /** What decides the result: only the same run goes on in a folder. */
  static StageIdentity identity(
      TrainingSettings settings, String dataSha256, String modelSha256, DType dtype) {
    return StageIdentity.of("train")
        .withContent("model weights or config.json", modelSha256)
        .withContent(DATA, dataSha256)
        .withSetting("train", settings.byName())
        .withSetting("dtype", dtype.toString());
  }
}
