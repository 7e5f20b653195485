package org.longpo.pipeline;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.longpo.documents.DocumentSpan;
import org.longpo.documents.DocumentText;
import org.longpo.files.ResumableLog;
import org.longpo.files.StageIdentity;
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
 */
record PieceWork(
    PairGenerator generator,
    Function<DocumentSpan, DocumentText> documents,
    int lengthTokens,
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
      int from = 0;
      for (List<DocumentSpan> group : PieceGroups.of(pieces, lengthTokens)) {
        int done = log.size() - from;
        if (done < group.size()) {
          complete(group, Math.max(0, done), log, totals, task);
        }
        from += group.size();
      }
      return totals;
    }
  }

  /**
   * @param done pieces of the group that the log has
   */
  private void complete(
      List<DocumentSpan> group,
      int done,
      ResumableLog log,
      PieceTotals totals,
      Progress.Task task) {
    cancellation.throwIfRequested();
    List<AnsweredPiece> answered =
        generator.write(
            group,
            documents,
            phase -> task.advance(0, 0, figures(totals) + ", " + phase),
            cancellation);
    for (int i = done; i < group.size(); i++) {
      cancellation.throwIfRequested();
      PieceOutcome outcome = generator.score(answered.get(i));
      log.append(outcome.line());
      totals.add(outcome);
      task.advance(1, group.get(i).tokens(), figures(totals));
    }
  }

  private static String figures(PieceTotals totals) {
    return String.format(Locale.ROOT, "%,d pairs", totals.pairs());
  }
}
