package org.longpo.evaluation;

import java.util.HashSet;
import java.util.List;
import org.longpo.error.UserError;

/**
 * Long contexts.
 *
 * @param lengths context lengths in tokens: the longest prompt about a haystack, template and
 *     question included, fills one up to the last sentence; the answer comes on top
 * @param depthPercents where things are hidden: 0 at a haystack's beginning, 100 at its end
 * @param questionsPerHaystack questions about one haystack, all asked in one pass
 * @param haystacksPerLength haystacks of every length; all depths share them
 */
public record HaystackSettings(
    List<Integer> lengths,
    List<Double> depthPercents,
    int questionsPerHaystack,
    int haystacksPerLength) {
  /** Their name among the settings of a {@link TaskPlan}. */
  public static final String NAME = "haystacks";

  public HaystackSettings {
    lengths = List.copyOf(lengths);
    depthPercents = List.copyOf(depthPercents);
    for (int length : lengths) {
      requireAtLeastOne("lengths", length);
    }
    requireDistinct("lengths", lengths);
    if (depthPercents.isEmpty()) {
      throw new UserError("depths is empty, it must have at least one depth.");
    }
    for (double depth : depthPercents) {
      if (!(depth >= 0 && depth <= 100)) {
        throw new UserError("depths has " + depth + ", it must be in [0, 100].");
      }
    }
    requireDistinct("depths", depthPercents);
    requireAtLeastOne("questions", questionsPerHaystack);
    requireAtLeastOne("haystacks", haystacksPerLength);
  }

  /** Ten questions at five depths about ten haystacks a length. */
  public static HaystackSettings defaults(List<Integer> lengths) {
    return new HaystackSettings(lengths, List.of(0.0, 25.0, 50.0, 75.0, 100.0), 10, 10);
  }

  /** The depth of the hidden text with this number: all depths in turn. */
  public double depthPercent(long number) {
    return depthPercents.get((int) (number % depthPercents.size()));
  }

  private static void requireAtLeastOne(String name, int value) {
    if (value < 1) {
      throw new UserError(name + " is " + value + ", it must be at least 1.");
    }
  }

  private static void requireDistinct(String name, List<? extends Number> values) {
    if (new HashSet<>(values).size() < values.size()) {
      throw new UserError(name + " has a value twice: " + values + ".");
    }
  }
}
