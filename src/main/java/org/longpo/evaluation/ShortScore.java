package org.longpo.evaluation;

import java.util.List;

/** How well questions are answered whose passage is all the model reads. */
public record ShortScore(Accuracy exactMatch, MeanScore tokenF1) {
  static ShortScore of(List<ItemResult> results) {
    List<Answered> answers = results.stream().flatMap(result -> result.answers().stream()).toList();
    return new ShortScore(
        Accuracy.of(answers),
        MeanScore.of(answers.stream().mapToDouble(Answered::tokenF1).toArray()));
  }
}
