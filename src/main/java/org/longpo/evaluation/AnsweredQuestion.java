package org.longpo.evaluation;

import java.util.List;
import org.longpo.text.Reasoning;

/**
 * A question with the model's answer.
 *
 * @param promptTokens tokens of the complete prompt
 * @param expected the answers that count as right
 * @param answer the model's text as it is, without reasoning before it
 * @param reasoning whether the model reasoned before it; if the reasoning did not end, the answer
 *     is empty
 * @param judgments what a judge wrote about the answer, in the order in which it was asked; none
 *     where answers are scored without one
 */
public record AnsweredQuestion(
    int promptTokens,
    String question,
    List<String> expected,
    String answer,
    Reasoning reasoning,
    List<String> judgments) {
  public AnsweredQuestion {
    expected = List.copyOf(expected);
    judgments = List.copyOf(judgments);
  }

  /** An answer that no judge has read. */
  public AnsweredQuestion(
      int promptTokens,
      String question,
      List<String> expected,
      String answer,
      Reasoning reasoning) {
    this(promptTokens, question, expected, answer, reasoning, List.of());
  }

  /** The same with what a judge wrote. */
  public AnsweredQuestion withJudgments(List<String> texts) {
    return new AnsweredQuestion(promptTokens, question, expected, answer, reasoning, texts);
  }
}
