package org.longpo.pairs;

import java.util.List;

/** A piece whose questions are answered twice: what is left is to compute log-probabilities. */
public final class AnsweredPiece {
  private final DrawnPiece piece;
  private final List<AnswerPair> pairs;

  AnsweredPiece(DrawnPiece piece, List<AnswerPair> pairs) {
    this.piece = piece;
    this.pairs = List.copyOf(pairs);
  }

  DrawnPiece piece() {
    return piece;
  }

  /** Those that no filter has dropped so far. */
  List<AnswerPair> pairs() {
    return pairs;
  }
}
