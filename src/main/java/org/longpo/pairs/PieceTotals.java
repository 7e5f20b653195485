package org.longpo.pairs;

/** The sum over the pieces that are done; grows with every piece. */
public final class PieceTotals {
  private int rows;
  private int pairs;
  private DropCounts dropped = DropCounts.none();
  private DropExamples examples = DropExamples.none();
  private int strippedReasoning;

  public void add(PieceOutcome outcome) {
    outcome
        .row()
        .ifPresent(
            row -> {
              rows++;
              pairs += row.pairs().size();
            });
    dropped = dropped.plus(outcome.dropped());
    examples = examples.plus(outcome.examples());
    strippedReasoning += outcome.strippedReasoning();
  }

  /** Pieces that have a row. */
  public int rows() {
    return rows;
  }

  /** Pairs in all rows. */
  public int pairs() {
    return pairs;
  }

  /** Pairs that were dropped. */
  public DropCounts dropped() {
    return dropped;
  }

  /** The first dropped pair of every reason. */
  public DropExamples examples() {
    return examples;
  }

  /** Texts of the pairs that began with a block of reasoning. */
  public int strippedReasoning() {
    return strippedReasoning;
  }
}
