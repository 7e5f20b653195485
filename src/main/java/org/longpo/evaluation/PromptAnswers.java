package org.longpo.evaluation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.longpo.inference.WriteSettings;
import org.longpo.inference.Written;
import org.longpo.text.Prompt;

/** The model's answers to all prompts of an item. */
public record PromptAnswers(List<Prompt> prompts, List<Written> answers) {
  /** Asks all prompts in one pass; the answers become the item's result. */
  public static Step ask(
      List<Prompt> prompts, int maxNewTokens, Function<PromptAnswers, ItemResult> result) {
    return new Step.Write(
        prompts,
        WriteSettings.greedy(maxNewTokens),
        answers -> new Step.Done(result.apply(new PromptAnswers(prompts, answers))));
  }

  public String text(int question) {
    return answers.get(question).text();
  }

  /**
   * A question with its answer, for the log.
   *
   * @param text the question
   * @param expected the answers that count as right
   */
  public Sample sample(
      int question,
      Optional<Slice> slice,
      Map<String, Double> values,
      String text,
      List<String> expected) {
    Prompt prompt = prompts.get(question);
    Written answer = answers.get(question);
    return new Sample(
        slice,
        PromptHash.of(prompt.tokens()),
        values,
        Optional.of(
            new AnsweredQuestion(
                prompt.length(), text, expected, answer.text(), answer.reasoning())));
  }
}
