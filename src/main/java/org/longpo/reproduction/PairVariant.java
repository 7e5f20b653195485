package org.longpo.reproduction;

import org.longpo.reproduction.ReproductionScale.Round;

/**
 * How the pairs of an arm differ from those that all methods have.
 *
 * @param swappedShare of the pairs whose chosen and rejected answers change places
 * @param perDocument pairs of a document; with fewer there are more documents, so that about as
 *     many tokens are trained on
 * @param temperature of both answers
 */
record PairVariant(double swappedShare, int perDocument, double temperature) {
  static final int PAIRS_PER_DOCUMENT = 4;

  /** With its question, about. */
  private static final int TOKENS_OF_ANSWER = 14;

  /** The authors' code samples at temperature 1. */
  static final PairVariant SAME = new PairVariant(0, PAIRS_PER_DOCUMENT, 1);

  static PairVariant swapped(double share) {
    return new PairVariant(share, PAIRS_PER_DOCUMENT, 1);
  }

  static PairVariant perDocument(int pairs) {
    return new PairVariant(0, pairs, 1);
  }

  /** The paper: greedy answers. */
  static PairVariant greedy() {
    return new PairVariant(0, PAIRS_PER_DOCUMENT, 0);
  }

  /** With fewer pairs more documents, so that about as many tokens are trained on. */
  int documents(Round round) {
    int answers = 2 * TOKENS_OF_ANSWER;
    double tokens = round.lengthTokens() + PAIRS_PER_DOCUMENT * answers;
    double own = round.lengthTokens() + perDocument * answers;
    return (int) Math.round(round.documents() * tokens / own);
  }

  /** Of the folder of such pairs, before labels are swapped. */
  String id() {
    return "pairs-%d-temperature-%s".formatted(perDocument, temperature == 0 ? "0" : "1");
  }
}
