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
    // The answers about one haystack are a group: they have its text in common.
    Map<Integer, List<List<Answered>>> haystacksByLength = new TreeMap<>();
    for (ItemResult result : results) {
      haystacksByLength
          .computeIfAbsent(result.length(), length -> new ArrayList<>())
          .add(result.answers());
    }
    List<LengthScore> byLength = new ArrayList<>();
    List<CellScore> byLengthAndDepth = new ArrayList<>();
    haystacksByLength.forEach(
        (length, haystacks) -> {
          byLength.add(new LengthScore(length, Accuracy.ofGroups(haystacks), tokenF1(haystacks)));
          haystacks.stream()
              .flatMap(List::stream)
              .map(Answered::depthPercent)
              .distinct()
              .sorted(Comparator.naturalOrder())
              .map(depth -> new CellScore(length, depth, Accuracy.ofGroups(at(depth, haystacks))))
              .forEach(byLengthAndDepth::add);
        });
    return new LongScore(byLength, byLengthAndDepth);
  }

  private static MeanScore tokenF1(List<List<Answered>> haystacks) {
    return MeanScore.ofGroups(
        haystacks.stream()
            .map(answers -> answers.stream().mapToDouble(Answered::tokenF1).toArray())
            .toList());
  }

  private static List<List<Answered>> at(double depthPercent, List<List<Answered>> haystacks) {
    return haystacks.stream()
        .map(answers -> answers.stream().filter(a -> a.depthPercent() == depthPercent).toList())
        .filter(answers -> !answers.isEmpty())
        .toList();
  }
}
