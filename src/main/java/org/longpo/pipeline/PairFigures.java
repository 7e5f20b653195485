package org.longpo.pipeline;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.longpo.documents.SpanReader;
import org.longpo.inference.Scorer;
import org.longpo.model.ModelChoice;
import org.longpo.model.OpenModel;
import org.longpo.pairs.AnswerLogProbs;
import org.longpo.pairs.PairFile;
import org.longpo.pairs.PairRow;
import org.longpo.progress.Cancellation;
import org.longpo.progress.Progress;

/**
 * Figures of a model on a pair file given the long input, the same for every objective.
 *
 * @param logpsMargins mean over the pairs of log pi(chosen) - log pi(rejected), nats, summed over
 *     the tokens
 * @param klShortToLong mean over the chosen tokens of log pi_S(y_t|x_S) - log pi(y_t|x_L), nats
 */
public record PairFigures(double logpsMargins, double klShortToLong) {

  /** Reads every document once; nothing is trained. */
  static PairFigures of(
      ModelChoice model, Path pairs, Progress progress, Cancellation cancellation) {
    double margins = 0;
    double distances = 0;
    long pairCount = 0;
    long chosenTokens = 0;
    SpanReader texts = new SpanReader();
    try (OpenModel open = OpenModel.open(model);
        PairFile rows = PairFile.open(new PairFolder(pairs).pairFile());
        Progress.Task task = progress.start("Reading pairs", "documents", 0, rows.size())) {
      Scorer scorer = open.scorer();
      for (int i = 0; i < rows.size(); i++) {
        cancellation.throwIfRequested();
        PairRow row = rows.row(i);
        List<double[]> read =
            AnswerLogProbs.readLong(scorer, open.prompts(), row, texts.text(row.piece()));
        for (int k = 0; k < row.pairs().size(); k++) {
          double chosen = sum(read.get(2 * k));
          margins += chosen - sum(read.get(2 * k + 1));
          distances += sum(row.pairs().get(k).chosen().referenceShort()) - chosen;
          chosenTokens += read.get(2 * k).length;
          pairCount++;
        }
        task.advance(1, row.piece().tokens());
      }
    }
    return new PairFigures(margins / pairCount, distances / chosenTokens);
  }

  private static double sum(double[] values) {
    return Arrays.stream(values).sum();
  }
}
