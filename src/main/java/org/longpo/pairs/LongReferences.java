package org.longpo.pairs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.longpo.documents.SpanReader;
import org.longpo.engine.Scorer;
import org.longpo.files.AtomicFile;
import org.longpo.files.ResumableLog;
import org.longpo.files.Sha256;
import org.longpo.files.StageIdentity;
import org.longpo.progress.Cancellation;
import org.longpo.progress.Progress;

/**
 * A pair file to one that also has the reference's log-probabilities behind the long input, which
 * objectives like DPO need.
 *
 * <p>A document is read once, with all answers of its pairs as branches. Every row that is done
 * stands as a line in a log, so a killed run goes on with the next one and ends with the same
 * bytes: those that generate leaves if it is told to store these log-probabilities itself.
 */
public final class LongReferences {
  private static final String LOG = "rows.jsonl";

  private final Scorer scorer;
  private final AnswerLogProbs.PromptOf prompts;
  private final String fingerprint;
  private final StageIdentity model;
  private final boolean otherModel;

  /**
   * @param scorer of the frozen reference, with its own RoPE theta
   * @param fingerprint hash of the reference's weights and configuration
   * @param model the reference's identity: a run goes on only with the same
   * @param otherModel whether the reference may be another model than wrote the answers; then rows
   *     that have log-probabilities get new ones
   */
  public LongReferences(
      Scorer scorer,
      AnswerLogProbs.PromptOf prompts,
      String fingerprint,
      StageIdentity model,
      boolean otherModel) {
    this.scorer = scorer;
    this.prompts = prompts;
    this.fingerprint = fingerprint;
    this.model = model;
    this.otherModel = otherModel;
  }

  /**
   * Makes the pair file and its manifest in {@code folder}; returns at once if they are there.
   *
   * @param before the manifest of {@code rows}; both files are left as they are
   * @throws org.longpo.error.UserError if the reference is another model than the generator, the
   *     folder's work was begun with other inputs, or a document is gone or changed
   */
  public PairManifest run(
      PairManifest before,
      PairFile rows,
      Path folder,
      Progress progress,
      Cancellation cancellation) {
    if (!otherModel) {
      before.verifyGenerator(fingerprint);
    }
    Path manifestFile = folder.resolve(GenerateStage.MANIFEST);
    Path target = folder.resolve(GenerateStage.PAIR_FILE);
    StageIdentity identity =
        model
            .forStage("reference")
            .withContent("pair file", before.pairFileSha256())
            .withSetting("other_model", otherModel);
    if (Files.exists(manifestFile)) {
      identity.verify(folder);
      PairManifest manifest = PairManifest.read(manifestFile);
      manifest.verify(target);
      // Still there if the process was killed right after the manifest was written.
      AtomicFile.deleteRecursively(folder.resolve(LOG));
      return manifest;
    }
    Path log = folder.resolve(LOG);
    readAll(rows, log, identity, progress, cancellation);
    // The entries of a log that is whole are the file.
    AtomicFile.write(target, out -> ResumableLog.copyEntries(log, out));
    PairManifest manifest =
        before.withReferenceLong(
            otherModel && !fingerprint.equals(before.modelFingerprint())
                ? Optional.of(fingerprint)
                : Optional.empty(),
            Sha256.of(target));
    identity.write(folder);
    manifest.write(manifestFile);
    AtomicFile.deleteRecursively(folder.resolve(LOG));
    return manifest;
  }

  private void readAll(
      PairFile rows,
      Path log,
      StageIdentity identity,
      Progress progress,
      Cancellation cancellation) {
    SpanReader texts = new SpanReader();
    try (ResumableLog append = ResumableLog.open(log, identity);
        Progress.Task task =
            progress.start("Reading references", "documents", append.size(), rows.size())) {
      for (int i = append.size(); i < rows.size(); i++) {
        cancellation.throwIfRequested();
        PairRow row = rows.row(i);
        append.append(PairFile.line(completed(row, texts)));
        task.advance(1, row.document().tokens());
      }
    }
  }

  private PairRow completed(PairRow row, SpanReader texts) {
    boolean isComplete =
        row.pairs().stream()
            .allMatch(
                pair ->
                    pair.chosen().referenceLong().isPresent()
                        && pair.rejected().referenceLong().isPresent());
    if (isComplete && !otherModel) {
      return row;
    }
    List<double[]> read = AnswerLogProbs.readLong(scorer, prompts, row, texts.text(row.document()));
    List<Pair> pairs = new ArrayList<>();
    for (int k = 0; k < row.pairs().size(); k++) {
      Pair pair = row.pairs().get(k);
      pairs.add(
          new Pair(
              pair.chunk(),
              pair.instruction(),
              pair.chosen().withReferenceLong(read.get(2 * k)),
              pair.rejected().withReferenceLong(read.get(2 * k + 1))));
    }
    return new PairRow(row.id(), row.document(), row.rejectedRopeTheta(), pairs);
  }
}
