package org.longpo.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How well questions about haystacks are answered.
 *
 * @param byLength by growing length
 * @param byLengthAndDepth by growing length, then depth
 */
public record LongScore(List<LengthScore> byLength, List<CellScore> byLengthAndDepth) {
  public LongScore {
    byLength = List.copyOf(byLength);
    byLengthAndDepth = List.copyOf(byLengthAndDepth);
  }

  static LongScore of(List<ItemResult> results) {
    Map<Integer, List<Answered>> answersByLength = new TreeMap<>();
    for (ItemResult result : results) {
      answersByLength
          .computeIfAbsent(result.length(), length -> new ArrayList<>())
          .addAll(result.answers());
    }
    List<LengthScore> byLength = new ArrayList<>();
    List<CellScore> byLengthAndDepth = new ArrayList<>();
    answersByLength.forEach(
        (length, answers) -> {
          byLength.add(new LengthScore(length, Accuracy.of(answers), tokenF1(answers)));
          answers.stream()
              .map(Answered::depthPercent)
              .distinct()
              .sorted(Comparator.naturalOrder())
              .map(depth -> new CellScore(length, depth, Accuracy.of(at(depth, answers))))
              .forEach(byLengthAndDepth::add);
        });
    return new LongScore(byLength, byLengthAndDepth);
  }

  static MeanScore tokenF1(List<Answered> answers) {
    return MeanScore.of(answers.stream().mapToDouble(Answered::tokenF1).toArray());
  }

  private static List<Answered> at(double depthPercent, List<Answered> answers) {
    return answers.stream().filter(a -> a.depthPercent() == depthPercent).toList();
  }
}
