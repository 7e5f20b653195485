package org.longpo.training;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.longpo.engine.LanguageModel;
import org.longpo.files.Json;
import org.longpo.files.Sha256;
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

  /** A hash of what decides the result: only the same run goes on in a folder. */
  String identity() {
    String identity =
        Json.line(settings.byName())
            + "\n"
            + data.sha256()
            + "\n"
            + modelSha256
            + "\n"
            + model.dtype();
    return Sha256.of(identity.getBytes(StandardCharsets.UTF_8));
  }
}
