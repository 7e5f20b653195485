package org.longpo.evaluation;

import java.util.List;
import org.longpo.tree.TokenTree;

/** The model's answers to all prompts of an item, with the tokens that they cost. */
public record PromptAnswers(
    List<int[]> prompts, List<TestedModel.Answer> answers, long modelTokens) {
  /** Asks all prompts in one pass. */
  public static PromptAnswers of(TestedModel model, List<int[]> prompts, int maxNewTokens) {
    List<TestedModel.Answer> answers = model.answer(prompts, maxNewTokens);
    long drawn = answers.stream().mapToLong(TestedModel.Answer::tokens).sum();
    return new PromptAnswers(prompts, answers, TokenTree.of(prompts).rows() + drawn);
  }

  public String text(int question) {
    return answers.get(question).text();
  }

  /** A question with its answer, for the log. */
  public AnsweredQuestion answered(int question, String text, List<String> expected) {
    TestedModel.Answer answer = answers.get(question);
    return new AnsweredQuestion(
        prompts.get(question).length, text, expected, answer.text(), answer.reasoning());
  }
}
