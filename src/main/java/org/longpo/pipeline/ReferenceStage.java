package org.longpo.pipeline;

import java.nio.file.Path;
import java.util.List;
import org.longpo.checkpoint.Checkpoint;
import org.longpo.engine.Scorer;
import org.longpo.model.ModelChoice;
import org.longpo.model.OpenModel;
import org.longpo.pairs.GenerateStage;
import org.longpo.pairs.LongReferences;
import org.longpo.pairs.PairFile;
import org.longpo.pairs.PairManifest;
import org.longpo.progress.Cancellation;
import org.longpo.progress.Progress;
import org.longpo.text.Message;

/**
 * Reference: a pair file and the model that wrote it in, the file with what it lacks out.
 *
 * @param otherModel whether the reference may be another model than the generator
 */
public record ReferenceStage(ModelChoice model, boolean otherModel) {
  /**
   * Makes sure, before anything is written, that the model is the one that it should be.
   *
   * @throws org.longpo.error.UserError if it is not
   */
  public void check(PairManifest manifest) {
    try (Checkpoint checkpoint = Checkpoint.open(model.folder())) {
      if (!otherModel) {
        manifest.verifyGenerator(checkpoint.sha256());
      }
    }
  }

  /** Completes the pair file of {@code pairs} in {@code folder}. */
  public PairManifest run(Path pairs, Path folder, Progress progress, Cancellation cancellation) {
    PairManifest manifest = PairManifest.read(pairs.resolve(GenerateStage.MANIFEST));
    manifest.verify(pairs.resolve(GenerateStage.PAIR_FILE));
    try (OpenModel open = OpenModel.open(model);
        PairFile rows = PairFile.open(pairs.resolve(GenerateStage.PAIR_FILE))) {
      manifest.verifyTokenizer(open.tokenizer().sha256());
      rows.requireTokensOf(open.model().config().vocabularySize(), model.folder());
      return new LongReferences(
              new Scorer(open.model(), open.settings()),
              message -> open.prompts().prompt(List.of(Message.user(message))),
              open.checkpoint().sha256(),
              open.identity(),
              otherModel)
          .run(manifest, rows, folder, progress, cancellation);
    }
  }
}
