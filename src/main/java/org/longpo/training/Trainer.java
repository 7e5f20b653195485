package org.longpo.training;

import java.nio.file.Path;
import org.longpo.engine.LanguageModel;
import org.longpo.files.StageIdentity;
import org.longpo.progress.Cancellation;
import org.longpo.progress.Progress;
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
  /**
   * Goes on from the newest whole checkpoint, or starts, and trains to the end. Then the model has
   * the last weights or, with {@code load_best_model_at_end}, those with the best evaluation.
   *
   * @return steps done in all, skipped ones included
   * @throws org.longpo.progress.CancelledException after saving, if the work is to stop
   * @throws org.longpo.error.UserError if the folder holds another run, or too many steps in a row
   *     were skipped
   */
  public int train() {
    try (Scope ignored = Scope.open()) {
      return new TrainingLoop(this).toTheEnd();
    }
  }

  /** What decides the result: only the same run goes on in a folder. */
  StageIdentity identity() {
    return StageIdentity.of("train")
        .withContent("model weights or config.json", modelSha256)
        .withContent(
            "training data (pairs as this tokenizer and template write them)", data.sha256())
        .withSetting("train", settings.byName())
        .withSetting("dtype", model.dtype().toString());
  }
}
