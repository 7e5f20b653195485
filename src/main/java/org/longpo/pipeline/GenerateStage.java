package org.longpo.pipeline;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.longpo.checkpoint.RopeSettings;
import org.longpo.documents.DocumentSource;
import org.longpo.documents.DocumentSpan;
import org.longpo.documents.SpanReader;
import org.longpo.files.ResumableLog;
import org.longpo.files.Sha256;
import org.longpo.files.StageIdentity;
import org.longpo.model.ModelChoice;
import org.longpo.model.OpenModel;
import org.longpo.model.Workers;
import org.longpo.pairs.GenerateSettings;
import org.longpo.pairs.InstructionFile;
import org.longpo.pairs.PairFile;
import org.longpo.pairs.PairGenerator;
import org.longpo.pairs.PairManifest;
import org.longpo.pairs.PairModels;
import org.longpo.pairs.PieceOutcome;
import org.longpo.pairs.PiecePlan;
import org.longpo.pairs.PieceTotals;
import org.longpo.progress.Cancellation;
import org.longpo.progress.Progress;
import org.longpo.settings.OptionRecords;

/**
 * Generate: documents in, a {@link PairFolder} out.
 *
 * <p>Pieces are written in groups ({@link PieceGroups}). Every finished piece is a line of a log. A
 * killed stage continues with the next piece, for which it writes the whole group of this piece
 * again; because all randomness is derived from seed and piece, it ends with the same bytes.
 */
public record GenerateStage(ModelChoice model, GenerateSettings settings) {

  /**
   * Makes the pairs in {@code folder}; returns at once if they are there.
   *
   * @throws org.longpo.error.UserError if the folder was begun with other inputs, no document is
   *     long enough, or no pair survives; the message counts the reasons
   */
  public PairManifest run(
      Path folder, DocumentSource documents, Progress progress, Cancellation cancellation) {
    PairFolder pairs = new PairFolder(folder);
    Optional<InstructionFile> instructions =
        settings.instructions().file().map(Path::of).map(InstructionFile::read);
    try (OpenModel open = OpenModel.open(model)) {
      StageFolder stage =
          new StageFolder(
              folder,
              identity(open, documents, instructions),
              pairs.pieceLog(),
              pairs.manifestFile());
      return stage.run(
          pairs::verifiedManifest,
          () -> work(open, stage, pairs, documents, instructions, progress, cancellation),
          manifest -> manifest.write(pairs.manifestFile()));
    }
  }

  private PairManifest work(
      OpenModel open,
      StageFolder stage,
      PairFolder pairs,
      DocumentSource documents,
      Optional<InstructionFile> instructions,
      Progress progress,
      Cancellation cancellation) {
    SpanReader reader = new SpanReader();
    PiecePlan plan = PiecePlan.of(documents, reader, settings, PairModels.offsets(open.prompts()));
    try (Workers workers = workers(open, plan)) {
      PairModels models = models(open, workers.count());
      PieceTotals totals =
          new PieceWork(
                  new PairGenerator(models, settings, instructions, progress),
                  piece -> reader.document(piece.document()),
                  settings.lengthTokens(),
                  workers,
                  progress,
                  cancellation)
              .completeLog(stage.log(), stage.identity(), plan.pieces());
      writePairs(pairs, totals, progress);
      return new PairManifest(
          settings,
          new PairManifest.Writer(
              models.shortContext().fingerprint(),
              open.tokenizer().sha256(),
              open.prompts().settings()),
          new PairManifest.Scorer(models.scorer().fingerprint()),
          PairManifest.Counts.of(documents.documents().size(), plan, totals),
          Sha256.of(pairs.pairFile()));
    }
  }

  /**
   * @throws org.longpo.error.UserError if the memory for keys and values does not hold a piece
   */
  private Workers workers(OpenModel open, PiecePlan plan) {
    long longest =
        plan.pieces().stream().mapToLong(DocumentSpan::tokens).max().orElseThrow()
            + settings.answers().maxNewTokens();
    open.requireRoom(longest);
    int groups = PieceGroups.of(plan.pieces(), settings.lengthTokens()).size();
    return Workers.start(open.workers(groups, longest));
  }

  /**
   * One model, which reads pieces with the policy's position embedding.
   *
   * @param users threads that write with it at a time
   */
  private PairModels models(OpenModel open, int users) {
    RopeSettings own = open.model().config().rope();
    RopeSettings rejected = settings.rejectedRope().applyTo(open.model().config()).rope();
    return new PairModels(
        open.writer(own, users),
        open.writer(rejected, users),
        open.scorer(),
        open.prompts(),
        rejected.theta());
  }

  /** Pieces, chunks and seeds follow from documents, tokenizer and settings. */
  private StageIdentity identity(
      OpenModel open, DocumentSource documents, Optional<InstructionFile> instructions) {
    StageIdentity identity =
        open.identity()
            .forStage("generate")
            .withFiles("documents", documents.hashesByFile())
            .withSetting("document_formats", documents.formatVersions())
            .withSetting("generate", OptionRecords.byName(settings));
    return instructions
        .map(file -> identity.withContent("instructions", file.sha256()))
        .orElse(identity);
  }

  /** Writes the rows of the log, which may be larger than memory, and what was dropped. */
  private static void writePairs(PairFolder pairs, PieceTotals totals, Progress progress) {
    totals.examples().write(pairs.droppedFile());
    if (totals.rows() == 0) {
      throw totals.dropped().noPairSurvived(totals.examples(), pairs.droppedFile());
    }
    PairFile.write(
        pairs.pairFile(),
        rows ->
            ResumableLog.readEntries(
                pairs.pieceLog(),
                (line, where) -> PieceOutcome.parse(line, where).row().ifPresent(rows)));
    if (totals.strippedReasoning() > 0) {
      progress.say(
          String.format(
              Locale.ROOT,
              "%,d texts of the pairs began with a block of reasoning, which was removed.",
              totals.strippedReasoning()));
    }
  }
}
