package org.longpo.pairs;

import java.util.ArrayList;
import java.util.List;
import org.longpo.documents.DocumentSpan;

/**
 * One document (or piece of one) with all its pairs: a line of the pair file.
 *
 * @param version {@link PairFile#VERSION}
 * @param id unique in the file; {@link DocumentSpan#id()}
 * @param piece the long context D, by its document and span
 * @param rejectedRopeTheta RoPE theta of the model when it sampled the rejected answers
 * @param pairs at least one
 */
public record PairRow(
    int version, String id, DocumentSpan piece, double rejectedRopeTheta, List<Pair> pairs) {
  public PairRow {
    PairVersion.requireCurrent(version);
    if (id.isBlank()) {
      throw new IllegalArgumentException("id is blank");
    }
    if (!(rejectedRopeTheta > 0) || !Double.isFinite(rejectedRopeTheta)) {
      throw new IllegalArgumentException(
          "rejected_rope_theta must be a positive number, not " + rejectedRopeTheta);
    }
    pairs = List.copyOf(pairs);
    if (pairs.isEmpty()) {
      throw new IllegalArgumentException("pairs is empty");
    }
    for (Pair pair : pairs) {
      if (!pair.chunk().isInside(piece)) {
        throw new IllegalArgumentException(
            "chunk "
                + pair.chunk().startChar()
                + ".."
                + pair.chunk().endChar()
                + " is not inside its piece, "
                + piece.startChar()
                + ".."
                + piece.endChar());
      }
    }
  }

  /** A row of the current version. */
  public PairRow(String id, DocumentSpan piece, double rejectedRopeTheta, List<Pair> pairs) {
    this(PairFile.VERSION, id, piece, rejectedRopeTheta, pairs);
  }

  /** Whether all answers have the reference's log-probabilities given the long input. */
  public boolean hasReferenceLong() {
    return pairs.stream()
        .allMatch(
            pair ->
                pair.chosen().referenceLong().isPresent()
                    && pair.rejected().referenceLong().isPresent());
  }

  /**
   * The row with the reference's log-probabilities given the long input.
   *
   * @param logProbs of the chosen and the rejected answer of every pair in turn, as {@link
   *     AnswerLogProbs#readLong} returns them
   */
  public PairRow withReferenceLong(List<double[]> logProbs) {
    List<Pair> completed = new ArrayList<>();
    for (int k = 0; k < pairs.size(); k++) {
      Pair pair = pairs.get(k);
      completed.add(
          new Pair(
              pair.chunk(),
              pair.instruction(),
              pair.chosen().withReferenceLong(logProbs.get(2 * k)),
              pair.rejected().withReferenceLong(logProbs.get(2 * k + 1))));
    }
    return new PairRow(id, piece, rejectedRopeTheta, completed);
  }
}
