package org.longpo.pipeline;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.longpo.documents.DocumentSource;
import org.longpo.documents.DocumentSpan;
import org.longpo.documents.SpanReader;
import org.longpo.files.ResumableLog;
import org.longpo.files.Sha256;
import org.longpo.files.StageIdentity;
import org.longpo.model.ModelChoice;
import org.longpo.model.OpenModel;
import org.longpo.pairs.GenerateSettings;
import org.longpo.pairs.GeneratorModel;
import org.longpo.pairs.InstructionFile;
import org.longpo.pairs.PairFile;
import org.longpo.pairs.PairGenerator;
import org.longpo.pairs.PairManifest;
import org.longpo.pairs.PieceOutcome;
import org.longpo.pairs.PiecePlan;
import org.longpo.pairs.PieceTotals;
import org.longpo.progress.Cancellation;
import org.longpo.progress.Progress;
import org.longpo.settings.OptionRecords;

/**
 * Generate: documents in, a {@link PairFolder} out.
 *
 * <p>Every finished piece is a line of a log. A killed stage continues with the next piece; because
 * all randomness is derived from seed and piece, it ends with the same bytes.
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
          () -> {
            GeneratorModel generator = generator(open);
            PairGenerator pairGenerator =
                new PairGenerator(generator, settings, instructions, progress);
            SpanReader reader = new SpanReader();
            PiecePlan plan = PiecePlan.of(documents, reader, settings, generator.offsets());
            PieceTotals totals =
                completeLog(
                    stage,
                    plan.pieces(),
                    piece -> pairGenerator.generate(reader.document(piece.document()), piece),
                    progress,
                    cancellation);
            writePairs(pairs, totals, progress);
            return new PairManifest(
                settings,
                new PairManifest.Generator(
                    open.checkpoint().sha256(),
                    open.tokenizer().sha256(),
                    open.prompts().settings()),
                PairManifest.Counts.of(documents.documents().size(), plan, totals),
                Sha256.of(pairs.pairFile()));
          },
          manifest -> manifest.write(pairs.manifestFile()));
    }
  }

  private GeneratorModel generator(OpenModel open) {
    return new GeneratorModel(
        open.model(),
        open.model().withRope(settings.rejectedRope().applyTo(open.model().config()).rope()),
        open.tokenizer(),
        open.prompts(),
        open.settings());
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

  /** Works on the pieces that the log does not have yet. */
  private static PieceTotals completeLog(
      StageFolder stage,
      List<DocumentSpan> pieces,
      Function<DocumentSpan, PieceOutcome> generator,
      Progress progress,
      Cancellation cancellation) {
    PieceTotals totals = new PieceTotals();
    try (ResumableLog log =
            ResumableLog.open(
                stage.log(),
                stage.identity(),
                (line, where) -> totals.add(PieceOutcome.parse(line, where)));
        Progress.Task task =
            progress.start("Generating pairs", "pieces", log.size(), pieces.size())) {
      for (DocumentSpan piece : pieces.subList(log.size(), pieces.size())) {
        cancellation.throwIfRequested();
        PieceOutcome outcome = generator.apply(piece);
        log.append(outcome.line());
        totals.add(outcome);
        task.advance(1, piece.tokens(), String.format(Locale.ROOT, "%,d pairs", totals.pairs()));
      }
      return totals;
    }
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
