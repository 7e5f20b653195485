package org.longpo.evaluation.longtext;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.longpo.evaluation.ItemResult;
import org.longpo.evaluation.Metric;
import org.longpo.evaluation.PromptAnswers;
import org.longpo.evaluation.Sample;
import org.longpo.evaluation.Step;
import org.longpo.evaluation.TaskContext;
import org.longpo.evaluation.TaskItem;

/**
 * Makes the items of a task with questions about long texts: one for each group of questions.
 *
 * @param answerTokens of an answer at most
 * @param metric what the score of an {@link AnswerKey} is called
 */
public record LongTextItems(
    InputLimit limit, PromptForm form, TaskContext context, int answerTokens, Metric metric) {
  /** The share of questions whose text was cut, for the metrics of a task. */
  public static final Metric TRUNCATED = Metric.lowShare("truncated", "truncated inputs");

  /** The items, each of which asks its prompts once. */
  public List<TaskItem> of(List<LongQuestion> questions) {
    return of(questions, this::ask);
  }

  /**
   * The items.
   *
   * @param ask begins the work of a group, from its prompts
   */
  public List<TaskItem> of(List<LongQuestion> questions, Function<Asked, Step> ask) {
    List<TaskItem> items = new ArrayList<>();
    for (QuestionGroup group : QuestionGroup.of(questions)) {
      int index = items.size();
      items.add(
          new TaskItem(
              0,
              index,
              Math.min(TaskItem.tokensOf(group.about().text()), limit.maxContext()),
              () -> context.reads(fit(group).longest() + answerTokens),
              () -> ask.apply(new Asked(index, group, fit(group)))));
    }
    return items;
  }

  private FittedPrompts fit(QuestionGroup group) {
    return limit.fit(group.questions(), form, context.prompts(), answerTokens);
  }

  private Step ask(Asked asked) {
    return PromptAnswers.ask(
        asked.fitted().prompts(), answerTokens, answers -> asked.result(answers, metric));
  }

  /**
   * A group that is being asked.
   *
   * @param index of the item
   */
  public record Asked(int index, QuestionGroup group, FittedPrompts fitted) {
    /** The scores of the answers, one for each question. */
    public ItemResult result(PromptAnswers answers, Metric metric) {
      List<Sample> samples = new ArrayList<>();
      for (int i = 0; i < group.questions().size(); i++) {
        LongQuestion question = group.questions().get(i);
        AnswerKey key = question.key();
        Map<String, Double> values =
            Map.of(
                metric.numerator(),
                key.score().applyAsDouble(answers.text(i)),
                TRUNCATED.numerator(),
                fitted.isTruncated() ? 1.0 : 0.0);
        samples.add(
            answers.sample(i, key.slice(), values, question.after().strip(), key.expected()));
      }
      return new ItemResult(0, index, group.cluster(), samples);
    }
  }
}
