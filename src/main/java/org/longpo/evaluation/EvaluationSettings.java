package org.longpo.evaluation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.longpo.settings.Option;
import org.longpo.settings.OptionChecks;
import org.longpo.settings.OptionRecords;
import org.longpo.settings.Range;
import org.longpo.settings.Section;
import org.longpo.settings.SeedOption;
import org.longpo.settings.Supplied;

/**
 * How a model is evaluated.
 *
 * @param tasks ids of the tasks to run; empty: all whose inputs are there
 * @param haystacks long contexts, for all tasks that have some
 * @param answerTokens the limit of an answer, for tasks that have none of their own
 * @param limit questions that are evaluated, of every task, length and subset; empty: all
 * @param seed of everything drawn: needles, places, order of questions
 * @param options of single tasks
 */
@Section("Evaluation")
public record EvaluationSettings(
    @Supplied List<String> tasks,
    HaystackSettings haystacks,
    @Option(defaultValue = "32", meaning = "Tokens of an answer at most.") @Range(from = 1)
        int answerTokens,
    @Option(
            defaultText = "all",
            meaning =
                "Questions (haystacks, where many share one) of every task, length and subset at"
                    + " most: the first ones.")
        @Range(from = 1)
        Optional<Integer> limit,
    @SeedOption long seed,
    @Supplied TaskOptions options) {
  /** Names of what a command supplies. */
  public static final String TASKS = "tasks";

  public static final String LENGTHS = "lengths";

  public static final String OPTIONS = "options";

  public EvaluationSettings {
    tasks = List.copyOf(tasks);
    OptionChecks.require(
        EvaluationSettings.class, tasks, haystacks, answerTokens, limit, seed, options);
  }

  /** What results of tasks with haystacks depend on, for their {@link TaskPlan}. */
  public Map<String, Object> haystackValues() {
    Map<String, Object> values = new TreeMap<>(OptionRecords.deciding(haystacks));
    values.putAll(questionValues());
    return values;
  }

  /** The same of tasks with questions and no haystacks. */
  public Map<String, Object> questionValues() {
    Map<String, Object> values = new TreeMap<>(limitValue());
    values.put("answer_tokens", answerTokens);
    values.put("seed", seed);
    return values;
  }

  /** The same of tasks that depend on the limit alone. */
  public Map<String, Object> limitValue() {
    return limit.<Map<String, Object>>map(most -> Map.of("limit", most)).orElse(Map.of());
  }

  /** How many of so many questions are evaluated. */
  public int limited(int questions) {
    return Math.min(questions, limit.orElse(questions));
  }

  /** All tasks, and the defaults of all options. */
  public static EvaluationSettings defaults(List<Integer> lengths) {
    return OptionRecords.of(
        EvaluationSettings.class,
        Map.of(TASKS, List.of(), LENGTHS, lengths, OPTIONS, TaskOptions.DEFAULTS));
  }
}
