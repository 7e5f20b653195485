package org.longpo.pipeline;

import java.nio.file.Path;
import java.util.Optional;
import org.longpo.checkpoint.Checkpoint;
import org.longpo.documents.SpanReader;
import org.longpo.files.AtomicFile;
import org.longpo.files.ResumableLog;
import org.longpo.files.Sha256;
import org.longpo.files.StageIdentity;
import org.longpo.model.ModelChoice;
import org.longpo.model.OpenModel;
import org.longpo.pairs.PairFile;
import org.longpo.pairs.PairManifest;
import org.longpo.progress.Cancellation;
import org.longpo.progress.Progress;

/**
 * Reference: a {@link PairFolder} in, one whose rows also have the reference's log-probabilities
 * given the long input out, which objectives like DPO need.
 *
 * <p>A document is read once, with all answers of its pairs as branches. Every finished row is a
 * line of a log. A killed stage continues with the next row and ends with the same bytes: those
 * that generate writes if it stores these log-probabilities itself.
 *
 * @param otherModel whether the reference may be another model than the one that scored the pairs;
 *     then rows that have log-probabilities get new ones
 */
public record ReferenceStage(ModelChoice model, boolean otherModel) {
  /**
   * Makes sure, before anything is written, that the model is the one that it should be.
   *
   * @throws org.longpo.error.UserError if it is not
   */
  public void check(PairManifest manifest) {
    if (!otherModel) {
      try (Checkpoint checkpoint = Checkpoint.open(model.folder())) {
        manifest.verifyScorer(checkpoint.sha256());
      }
    }
  }

  /**
   * Completes the pairs of {@code source} in {@code folder}; returns at once if they are there.
   *
   * @throws org.longpo.error.UserError if the reference is not the model that it should be, the
   *     folder was begun with other inputs, or a document is missing or changed
   */
  public PairManifest run(Path source, Path folder, Progress progress, Cancellation cancellation) {
    PairFolder before = new PairFolder(source);
    PairFolder completed = new PairFolder(folder);
    PairManifest manifest = before.verifiedManifest();
    try (OpenModel open = OpenModel.open(model);
        PairFile rows = PairFile.open(before.pairFile())) {
      String fingerprint = open.checkpoint().sha256();
      if (!otherModel) {
        manifest.verifyScorer(fingerprint);
      }
      manifest.verifyTokenizer(open.tokenizer().sha256());
      rows.requireTokensOf(open.model().config().vocabularySize(), model.folder());
      StageFolder stage =
          new StageFolder(
              folder, identity(open, manifest), completed.rowLog(), completed.manifestFile());
      return stage.run(
          completed::verifiedManifest,
          () -> {
            new ReferenceRows(open.scorer(), open.prompts(), new SpanReader()::text, otherModel)
                .completeLog(stage.log(), stage.identity(), rows, progress, cancellation);
            // The entries of a complete log are the file.
            AtomicFile.write(
                completed.pairFile(), out -> ResumableLog.copyEntries(stage.log(), out));
            return manifest.withReferenceLong(
                otherModel && !manifest.isScoredBy(fingerprint)
                    ? Optional.of(fingerprint)
                    : Optional.empty(),
                Sha256.of(completed.pairFile()));
          },
          finished -> finished.write(completed.manifestFile()));
    }
  }

  private StageIdentity identity(OpenModel open, PairManifest before) {
    return open.identity()
        .forStage("reference")
        .withContent("pair file", before.pairFileSha256())
        .withSetting("other_model", otherModel);
  }
}
