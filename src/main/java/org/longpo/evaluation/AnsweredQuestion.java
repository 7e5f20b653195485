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
 */
public record AnsweredQuestion(
    int promptTokens, String question, List<String> expected, String answer, Reasoning reasoning) {
  public AnsweredQuestion {
    expected = List.copyOf(expected);
  }
}
