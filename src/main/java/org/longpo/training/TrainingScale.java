package org.longpo.training;

import org.longpo.objective.Reading;
import org.longpo.tree.TokenTree;

/**
 * How much a run's data is.
 *
 * @param documents number of documents
 * @param longest tokens of the longest sequence
 * @param largestForest rows of the largest document's token forest: what one pass holds
 * @param mostPairs K of the document that has the most pairs
 * @param nllSequences NLL sequences of all documents together
 * @param nllTokens predicted tokens of these sequences
 * @param chosenTokens tokens of all chosen responses
 */
public record TrainingScale(
    int documents,
    int longest,
    long largestForest,
    int mostPairs,
    long nllSequences,
    long nllTokens,
    long chosenTokens) {
  static final TrainingScale NOTHING = new TrainingScale(0, 0, 0, 0, 0, 0, 0);

  /** By reading every example once. */
  static TrainingScale of(TrainingData data) {
    TrainingScale scale = NOTHING;
    for (int i = 0; i < data.size(); i++) {
      scale = scale.plus(data.example(i));
    }
    return scale;
  }

  TrainingScale plus(TrainingExample example) {
    long tokens = 0;
    for (int sequence : example.nllTokens()) {
      tokens += sequence;
    }
    return new TrainingScale(
        documents + 1,
        Math.max(longest, example.longest()),
        Math.max(largestForest, TokenTree.of(example.sequences()).rows()),
        Math.max(mostPairs, example.pairs()),
        nllSequences + example.nllSequences().size(),
        nllTokens + tokens,
        chosenTokens
            + example.spans().stream()
                .filter(span -> span.reading() == Reading.POLICY_LONG_CHOSEN)
                .mapToLong(ResponseSpan::tokens)
                .sum());
  }
}
