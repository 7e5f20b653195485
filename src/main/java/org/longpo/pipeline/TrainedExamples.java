package org.longpo.pipeline;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.longpo.documents.SpanReader;
import org.longpo.pairs.Pair;
import org.longpo.pairs.PairFile;
import org.longpo.pairs.PairRow;
import org.longpo.report.ReportData.PairExample;
import org.longpo.report.ReportData.Source;
import org.longpo.training.TrainedOn;

/** A few pairs that a round was trained on, for the report: at most one of a document. */
final class TrainedExamples {
  private static final int EXAMPLES_PER_ROUND = 4;
  private static final int EXCERPT_CHARACTERS = 1200;

  private TrainedExamples() {}

  /**
   * The pairs of a round; empty if they were removed.
   *
   * @param reader one for all rounds, as it keeps where the records of the files are
   */
  static List<PairExample> of(int round, RunLayout.Round folder, SpanReader reader) {
    Path pairs = folder.pairFile();
    if (!Files.exists(pairs)) {
      return List.of();
    }
    TrainedOn trainedOn = TrainedOn.read(folder.training());
    List<PairExample> examples = new ArrayList<>();
    try (PairFile rows = PairFile.open(pairs)) {
      for (int i = 0; i < rows.size() && examples.size() < EXAMPLES_PER_ROUND; i++) {
        PairRow row = rows.row(i);
        trainedOn.pairsOf(row).stream()
            .findFirst()
            .ifPresent(pair -> examples.add(example(round, row, pair, reader)));
      }
    }
    return examples;
  }

  private static PairExample example(int round, PairRow row, Pair pair, SpanReader reader) {
    String chunk = reader.text(row.piece(), pair.chunk());
    return new PairExample(
        round,
        new Source(
            Path.of(row.piece().document().place()).getFileName().toString(),
            row.piece().tokens(),
            excerpt(chunk)),
        pair.instruction(),
        pair.chosen().text(),
        pair.rejected().text(),
        Evidence.of(pair.instruction(), chunk, pair.chosen().text()));
  }

  private static String excerpt(String chunk) {
    return chunk.length() <= EXCERPT_CHARACTERS
        ? chunk
        : chunk.substring(0, EXCERPT_CHARACTERS) + " […]";
  }
}
