package org.longpo.evaluation;

import java.util.HashSet;
import java.util.List;
import org.longpo.error.UserError;
import org.longpo.settings.Option;
import org.longpo.settings.OptionChecks;
import org.longpo.settings.OptionRecords;
import org.longpo.settings.Range;
import org.longpo.settings.Supplied;

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
    @Supplied List<Integer> lengths,
    @Option(
            name = "depths",
            defaultValue = "0, 25, 50, 75, 100",
            label = "PERCENT",
            meaning = "Where needles are hidden, 0: at the beginning.")
        @Range(from = 0, to = 100)
        List<Double> depthPercents,
    @Option(
            name = "questions",
            defaultValue = "10",
            meaning = "Questions about one haystack, all asked in one pass.")
        @Range(from = 1)
        int questionsPerHaystack,
    @Option(name = "haystacks", defaultValue = "5", meaning = "Haystacks per length.")
        @Range(from = 1)
        int haystacksPerLength) {
  public HaystackSettings {
    lengths = List.copyOf(lengths);
    depthPercents = List.copyOf(depthPercents);
    OptionChecks.require(
        HaystackSettings.class, lengths, depthPercents, questionsPerHaystack, haystacksPerLength);
    requireDistinct("lengths", lengths);
    requireDistinct("depths", depthPercents);
    if (depthPercents.isEmpty()) {
      throw new UserError("depths is empty, it must have at least one depth.");
    }
  }

  /** The same for an evaluation without long contexts. */
  public HaystackSettings withoutLengths() {
    return OptionRecords.with(this, EvaluationSettings.LENGTHS, List.of());
  }

  /** The depth of the hidden text with this number: all depths in turn. */
  public double depthPercent(long number) {
    return depthPercents.get((int) (number % depthPercents.size()));
  }

  private static void requireDistinct(String name, List<? extends Number> values) {
    if (new HashSet<>(values).size() < values.size()) {
      throw new UserError(name + " has a value twice: " + values + ".");
    }
  }
}
