package org.longpo.evaluation;

import java.util.List;

/** How well questions are answered whose passage is all the model reads; clusters are passages. */
public record ShortScore(Accuracy exactMatch, MeanScore tokenF1) {
  static ShortScore of(List<ItemResult> results) {
    List<List<Answered>> passages = Clusters.ofAnswers(results);
    return new ShortScore(Accuracy.of(passages), MeanScore.ofTokenF1(passages));
  }
}
