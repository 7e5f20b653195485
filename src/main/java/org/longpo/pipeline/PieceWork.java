package org.longpo.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.longpo.documents.DocumentSpan;
import org.longpo.documents.DocumentText;
import org.longpo.files.ResumableLog;
import org.longpo.files.StageIdentity;
import org.longpo.model.Workers;
import org.longpo.pairs.AnsweredPiece;
import org.longpo.pairs.PairGenerator;
import org.longpo.pairs.PieceOutcome;
import org.longpo.pairs.PieceTotals;
import org.longpo.progress.Cancellation;
import org.longpo.progress.Progress;

/**
 * Makes the pairs of pieces, group by group, with a line of a log for every piece.
 *
 * @param documents a piece to its document
 * @param lengthTokens of a piece at most
 * @param workers each writes a group
 */
record PieceWork(
    PairGenerator generator,
    Function<DocumentSpan, DocumentText> documents,
    int lengthTokens,
    Workers workers,
    Progress progress,
    Cancellation cancellation) {
  /**
   * Works on the pieces that a log does not have yet. Where it ends inside a group, the whole group
   * is written again, so that its batches are the same, and only the missing pieces are scored.
   *
   * @return the sum over all pieces, those of the log included
   * @throws org.longpo.progress.CancelledException if asked to stop between two batches or pieces
   */
  PieceTotals completeLog(Path file, StageIdentity identity, List<DocumentSpan> pieces) {
    PieceTotals totals = new PieceTotals();
    try (ResumableLog log =
            ResumableLog.open(
                file, identity, (line, where) -> totals.add(PieceOutcome.parse(line, where)));
        Progress.Task task =
            progress.start("Generating pairs", "pieces", log.size(), pieces.size())) {
      List<SideBySide.Part> parts = new ArrayList<>();
      int from = 0;
      for (List<DocumentSpan> group : PieceGroups.of(pieces, lengthTokens)) {
        int done = log.size() - from;
        if (done < group.size()) {
          parts.add(part(group, Math.max(0, done), log, totals, task));
        }
        from += group.size();
      }
      SideBySide.run(parts, workers, cancellation);
      return totals;
    }
  }

  /**
   * Writes a group and scores its pieces; only log, totals and task know of other groups, and these
   * are told in the order of the pieces.
   *
   * @param done pieces of the group that the log has
   */
  private SideBySide.Part part(
      List<DocumentSpan> group,
      int done,
      ResumableLog log,
      PieceTotals totals,
      Progress.Task task) {
    return (results, stop) -> {
      stop.throwIfRequested();
      List<AnsweredPiece> answered =
          generator.write(
              group,
              documents,
              phase -> results.accept(() -> task.advance(0, 0, figures(totals) + ", " + phase)),
              stop);
      for (int i = done; i < group.size(); i++) {
        stop.throwIfRequested();
        PieceOutcome outcome = generator.score(answered.get(i));
        long tokens = group.get(i).tokens();
        results.accept(
            () -> {
              log.append(outcome.line());
              totals.add(outcome);
              task.advance(1, tokens, figures(totals));
            });
      }
    };
  }

  private static String figures(PieceTotals totals) {
    return String.format(Locale.ROOT, "%,d pairs", totals.pairs());
  }
}
