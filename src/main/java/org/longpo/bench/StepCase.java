package org.longpo.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.longpo.tree.Targets;
import org.longpo.tree.TokenTree;

/**
 * A synthetic document with K pairs.
 *
 * @param documentTokens tokens that all pairs share
 * @param responseTokens tokens of every answer, the instruction counted in
 * @param pairs K; there are 2 K answers
 * @param wholeSequence whether the loss has the NLL over everything (LongPO) or is read at the
 *     answers alone (the preference loss)
 */
public record StepCase(int documentTokens, int responseTokens, int pairs, boolean wholeSequence) {
  /** Complete sequences: the document and one answer each, answers alike in nothing. */
  List<int[]> sequences(int vocabulary, long seed) {
    Random random = new Random(seed);
    int[] document = random.ints(documentTokens, 0, vocabulary).toArray();
    List<int[]> sequences = new ArrayList<>();
    for (int i = 0; i < 2 * pairs; i++) {
      int[] sequence = Arrays.copyOf(document, documentTokens + responseTokens);
      for (int j = documentTokens; j < sequence.length; j++) {
        sequence[j] = random.nextInt(vocabulary);
      }
      // A first token of its own, so that no two answers share a prefix.
      sequence[documentTokens] = i % vocabulary;
      sequences.add(sequence);
    }
    return sequences;
  }

  /** Tokens of all sequences: what is read where nothing is shared. */
  long unsharedTokens() {
    return 2L * pairs * (documentTokens + responseTokens);
  }

  /** The targets whose log-probabilities an objective reads: every token of every answer. */
  Targets responses(TokenTree tree) {
    List<Targets> parts = new ArrayList<>();
    for (int s = 0; s < tree.sequences(); s++) {
      parts.add(tree.targets(s, documentTokens, documentTokens + responseTokens));
    }
    return Targets.concatenate(parts);
  }

  /** The targets that have a gradient. */
  Targets trained(TokenTree tree) {
    return wholeSequence
        ? Targets.concatenate(List.of(responses(tree), tree.targets(0, 1, documentTokens)))
        : responses(tree);
  }
}
