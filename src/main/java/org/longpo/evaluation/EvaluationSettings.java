package org.longpo.evaluation;

import java.util.HashSet;
import java.util.List;
import org.longpo.error.UserError;

/**
 * How a model is evaluated.
 *
 * @param lengths context lengths in tokens: the longest prompt about a haystack, template and
 *     question included, fills one up to the last sentence; the answer comes on top
 * @param depthPercents where things are hidden: 0 at a haystack's beginning, 100 at its end
 * @param questionsPerHaystack questions asked about one haystack, in one pass
 * @param haystacksPerLength haystacks of every length; all depths share them
 * @param shortQuestions questions asked about their passage alone, at most
 * @param windowTokens tokens of a window of the held-out text: the model's own window
 * @param maxWindows windows of held-out text, at most; more are thinned out evenly
 * @param maxNewTokens the limit of an answer
 * @param seed of everything drawn: needles, places, order of questions
 * @param needle the words of the needle task
 * @param qaPrompt how a question about a passage is asked
 */
public record EvaluationSettings(
    List<Integer> lengths,
    List<Double> depthPercents,
    int questionsPerHaystack,
    int haystacksPerLength,
    int shortQuestions,
    int windowTokens,
    int maxWindows,
    int maxNewTokens,
    long seed,
    NeedleWording needle,
    QuestionPrompt qaPrompt) {

  public EvaluationSettings {
    lengths = List.copyOf(lengths);
    depthPercents = List.copyOf(depthPercents);
    for (int length : lengths) {
      requireAtLeast("lengths", 1, length);
    }
    requireDistinct("lengths", lengths);
    if (depthPercents.isEmpty()) {
      throw new UserError("depth_percents is empty, it must have at least one depth.");
    }
    for (double depth : depthPercents) {
      if (!(depth >= 0 && depth <= 100)) {
        throw new UserError("depth_percents has " + depth + ", it must be in [0, 100].");
      }
    }
    requireDistinct("depth_percents", depthPercents);
    requireAtLeast("questions_per_haystack", 1, questionsPerHaystack);
    requireAtLeast("haystacks_per_length", 1, haystacksPerLength);
    requireAtLeast("short_questions", 0, shortQuestions);
    requireAtLeast("window_tokens", 2, windowTokens);
    requireAtLeast("max_windows", 1, maxWindows);
    requireAtLeast("max_new_tokens", 1, maxNewTokens);
  }

  /** Ten questions at five depths about ten haystacks a length. */
  public static EvaluationSettings defaults(List<Integer> lengths, int windowTokens, long seed) {
    return new EvaluationSettings(
        lengths,
        List.of(0.0, 25.0, 50.0, 75.0, 100.0),
        10,
        10,
        1000,
        windowTokens,
        200,
        32,
        seed,
        NeedleWording.defaults(),
        QuestionPrompt.aboutPassage());
  }

  private static void requireAtLeast(String name, int least, int value) {
    if (value < least) {
      throw new UserError(name + " is " + value + ", it must be at least " + least + ".");
    }
  }

  private static void requireDistinct(String name, List<? extends Number> values) {
    if (new HashSet<>(values).size() < values.size()) {
      throw new UserError(name + " has a value twice: " + values + ".");
    }
  }
}
