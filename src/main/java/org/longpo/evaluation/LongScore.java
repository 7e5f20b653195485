package org.longpo.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How well questions about haystacks are answered; clusters are haystacks, those with a passage in
 * common taken together.
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
    Map<Integer, List<ItemResult>> resultsByLength = new TreeMap<>();
    for (ItemResult result : results) {
      resultsByLength.computeIfAbsent(result.length(), length -> new ArrayList<>()).add(result);
    }
    List<LengthScore> byLength = new ArrayList<>();
    List<CellScore> byLengthAndDepth = new ArrayList<>();
    resultsByLength.forEach(
        (length, ofLength) -> {
          List<List<Answered>> haystacks = Clusters.ofAnswers(ofLength);
          byLength.add(
              new LengthScore(length, Accuracy.of(haystacks), MeanScore.ofTokenF1(haystacks)));
          haystacks.stream()
              .flatMap(List::stream)
              .map(Answered::depthPercent)
              .distinct()
              .sorted(Comparator.naturalOrder())
              .map(depth -> new CellScore(length, depth, Accuracy.of(at(depth, haystacks))))
              .forEach(byLengthAndDepth::add);
        });
    return new LongScore(byLength, byLengthAndDepth);
  }

  private static List<List<Answered>> at(double depthPercent, List<List<Answered>> haystacks) {
    return haystacks.stream()
        .map(answers -> answers.stream().filter(a -> a.depthPercent() == depthPercent).toList())
        .filter(answers -> !answers.isEmpty())
        .toList();
  }
}
