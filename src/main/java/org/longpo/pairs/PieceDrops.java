package org.longpo.pairs;

import java.util.Map;
import java.util.Optional;
import org.longpo.documents.DocumentSpan;

/** Counts the pairs of one piece that are dropped, and keeps an example of each reason. */
final class PieceDrops {
  private final DocumentSpan piece;
  private DropCounts counts = DropCounts.none();
  private DropExamples examples = DropExamples.none();

  PieceDrops(DocumentSpan piece) {
    this.piece = piece;
  }

  void add(
      DropReason reason, String instruction, Optional<String> chosen, Optional<String> rejected) {
    counts = counts.plus(reason);
    DropExample example = new DropExample(piece.document().place(), instruction, chosen, rejected);
    examples = examples.plus(new DropExamples(Map.of(reason, example)));
  }

  DropCounts counts() {
    return counts;
  }

  DropExamples examples() {
    return examples;
  }
}
