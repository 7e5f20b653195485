package org.longpo.evaluation.tasks.choice;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.longpo.evaluation.AnsweredQuestion;
import org.longpo.evaluation.ItemResult;
import org.longpo.evaluation.PromptHash;
import org.longpo.evaluation.Sample;
import org.longpo.evaluation.Slice;
import org.longpo.evaluation.Step;
import org.longpo.evaluation.TaskContext;
import org.longpo.evaluation.TaskInfo;
import org.longpo.evaluation.TaskItem;
import org.longpo.inference.Scorer;
import org.longpo.text.ContextAndContinuation;
import org.longpo.text.Reasoning;

/**
 * Questions as items, each with its options in one step.
 *
 * @param isChat whether questions are a user's messages
 */
record ChoiceItems(TaskContext context, boolean isChat, TaskInfo task) {
  /** The beginning of the values' names that hold the options' log-likelihoods in nats. */
  private static final String LOG_LIKELIHOOD = "log_likelihood_";

  /**
   * Questions with the same text before them.
   *
   * @param subject empty where the benchmark has no subjects
   * @param description the text before the shots
   * @param shots the right options of solved questions
   */
  record Subset(
      String subject,
      String description,
      List<ChoiceQuestion.Option> shots,
      List<ChoiceQuestion> questions) {}

  List<TaskItem> items(List<Subset> subsets) {
    List<TaskItem> items = new ArrayList<>();
    for (int number = 0; number < subsets.size(); number++) {
      Subset subset = subsets.get(number);
      Shots shots = new Shots(context.prompts(), isChat, subset.description(), subset.shots());
      Optional<Slice> slice =
          subset.subject().isEmpty()
              ? Optional.empty()
              : Optional.of(new Slice("subject", number, subset.subject().replace('_', ' ')));
      for (ChoiceQuestion question : subset.questions()) {
        int index = items.size();
        items.add(
            new TaskItem(
                0,
                index,
                tokens(question),
                () -> check(shots.with(question)),
                () -> ask(shots.with(question), question, slice, index)));
      }
    }
    return items;
  }

  private static int tokens(ChoiceQuestion question) {
    int prompts =
        question.options().stream()
            .map(ChoiceQuestion.Option::prompt)
            .distinct()
            .mapToInt(TaskItem::tokensOf)
            .sum();
    return prompts
        + question.options().stream().mapToInt(option -> TaskItem.tokensOf(option.answer())).sum();
  }

  private void check(List<ContextAndContinuation> parts) {
    parts.forEach(part -> context.reads(part.sequence().length));
  }

  private Step ask(
      List<ContextAndContinuation> parts,
      ChoiceQuestion question,
      Optional<Slice> slice,
      int index) {
    return new Step.Score(
        parts.stream().map(ContextAndContinuation::sequence).toList(),
        parts.stream().mapToInt(part -> part.context().length).toArray(),
        scored ->
            new Step.Done(
                new ItemResult(0, index, index, List.of(sample(parts, question, slice, scored)))));
  }

  private Sample sample(
      List<ContextAndContinuation> parts,
      ChoiceQuestion question,
      Optional<Slice> slice,
      List<Scorer.Scored> scored) {
    double[] logLikelihoods =
        scored.stream().mapToDouble(option -> Arrays.stream(option.logProbs()).sum()).toArray();
    List<ChoiceQuestion.Option> options = question.options();
    ChoiceScore score =
        ChoiceScore.of(
            logLikelihoods, options.stream().map(ChoiceQuestion.Option::answer).toList());
    Map<String, Double> values = new HashMap<>();
    for (int i = 0; i < logLikelihoods.length; i++) {
      values.put(LOG_LIKELIHOOD + i, logLikelihoods[i]);
    }
    values.put(ChoiceTask.ACC.id(), score.chosen() == question.gold() ? 1.0 : 0.0);
    if (task.metrics().contains(ChoiceTask.ACC_NORM)) {
      values.put(ChoiceTask.ACC_NORM.id(), score.chosenByLength() == question.gold() ? 1.0 : 0.0);
    }
    int chosen =
        task.headline().equals(ChoiceTask.ACC_NORM) ? score.chosenByLength() : score.chosen();
    return new Sample(
        slice,
        PromptHash.of(parts.stream().flatMapToInt(part -> IntStream.of(part.sequence())).toArray()),
        values,
        Optional.of(
            new AnsweredQuestion(
                parts.stream().mapToInt(part -> part.context().length).max().orElseThrow(),
                question.text(),
                List.of(question.right().shown()),
                options.get(chosen).shown(),
                Reasoning.NONE)));
  }
}
