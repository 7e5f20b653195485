package org.longpo.pipeline;

import java.nio.file.Path;
import java.util.function.Function;
import org.longpo.documents.DocumentSpan;
import org.longpo.files.ResumableLog;
import org.longpo.files.StageIdentity;
import org.longpo.inference.Scorer;
import org.longpo.pairs.AnswerLogProbs;
import org.longpo.pairs.PairFile;
import org.longpo.pairs.PairRow;
import org.longpo.progress.Cancellation;
import org.longpo.progress.Progress;
import org.longpo.text.Prompts;

/**
 * Adds a reference's log-probabilities given the long input to rows, with a line of a log for every
 * row.
 *
 * @param texts a piece to its text
 * @param again whether rows that have such log-probabilities get new ones
 */
record ReferenceRows(
    Scorer scorer, Prompts prompts, Function<DocumentSpan, String> texts, boolean again) {
  /**
   * Works on the rows that a log does not have yet. A document is read once, with all answers of
   * its pairs as branches.
   *
   * @throws org.longpo.progress.CancelledException if asked to stop between two rows
   */
  void completeLog(
      Path file,
      StageIdentity identity,
      PairFile rows,
      Progress progress,
      Cancellation cancellation) {
    try (ResumableLog log = ResumableLog.open(file, identity);
        Progress.Task task =
            progress.start("Reading references", "documents", log.size(), rows.size())) {
      for (int i = log.size(); i < rows.size(); i++) {
        cancellation.throwIfRequested();
        PairRow row = rows.row(i);
        log.append(PairFile.line(row.hasReferenceLong() && !again ? row : completed(row)));
        task.advance(1, row.piece().tokens());
      }
    }
  }

  private PairRow completed(PairRow row) {
    return row.withReferenceLong(
        AnswerLogProbs.readLong(scorer, prompts, row, texts.apply(row.piece())));
  }
}
