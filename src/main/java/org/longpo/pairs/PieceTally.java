package org.longpo.pairs;

import java.util.Map;
import java.util.Optional;
import org.longpo.documents.DocumentSpan;

/** Counts while a piece is worked on, and keeps an example of each reason to drop a pair. */
final class PieceTally {
  private final DocumentSpan piece;
  private DropCounts counts = DropCounts.none();
  private DropExamples examples = DropExamples.none();
  private int stripped;

  PieceTally(DocumentSpan piece) {
    this.piece = piece;
  }

  void add(
      DropReason reason, String instruction, Optional<String> chosen, Optional<String> rejected) {
    counts = counts.plus(reason);
    DropExample example = new DropExample(piece.path(), instruction, chosen, rejected);
    examples = examples.plus(new DropExamples(Map.of(reason, example)));
  }

  /** Counts a text that goes into a pair. */
  void use(AnswerSampler.Sampled sampled) {
    if (sampled.isStripped()) {
      stripped++;
    }
  }

  DropCounts counts() {
    return counts;
  }

  DropExamples examples() {
    return examples;
  }

  /** Texts from which reasoning was taken away. */
  int stripped() {
    return stripped;
  }
}
