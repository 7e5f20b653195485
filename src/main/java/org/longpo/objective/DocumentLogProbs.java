package org.longpo.objective;

import java.util.Arrays;
import java.util.List;

/**
 * What an objective sees of one document: its K pairs and the sizes of its NLL sequences.
 *
 * <p>An NLL sequence is what L_NLL runs over: in a <em>tree</em> one per pair, S_k = [D ; I_k ;
 * y_k]; in a <em>chain</em> a single one with all turns. Its size |S| counts predicted tokens:
 * template and end tokens included, the very first token and padding not.
 */
public final class DocumentLogProbs {
  private final List<PairLogProbs> pairs;
  private final int[] nllTokens;

  /**
   * @param pairs the K pairs, at least one
   * @param nllTokens |S_j| of each NLL sequence, in predicted tokens: K entries (tree) or one
   *     (chain)
   * @throws IllegalArgumentException if there is no pair, or the number or size of the sequences
   *     cannot be
   */
  public DocumentLogProbs(List<PairLogProbs> pairs, int... nllTokens) {
    this.pairs = List.copyOf(pairs);
    this.nllTokens = nllTokens.clone();
    if (pairs.isEmpty()) {
      throw new IllegalArgumentException("a document needs at least one pair");
    }
    if (nllTokens.length != 1 && nllTokens.length != pairs.size()) {
      throw new IllegalArgumentException(
          nllTokens.length
              + " NLL sequences for "
              + pairs.size()
              + " pairs: expected 1 (chain) or "
              + "one per pair (tree)");
    }
    if (Arrays.stream(nllTokens).anyMatch(tokens -> tokens <= 0)) {
      throw new IllegalArgumentException(
          "an NLL sequence predicts at least one token, given are " + Arrays.toString(nllTokens));
    }
  }

  public List<PairLogProbs> pairs() {
    return pairs;
  }

  /** |S_j| in predicted tokens, one entry per NLL sequence. */
  public int[] nllTokens() {
    return nllTokens.clone();
  }

  /** One sequence for several pairs: the turns follow each other. */
  boolean isChain() {
    return nllTokens.length == 1 && pairs.size() > 1;
  }
}
