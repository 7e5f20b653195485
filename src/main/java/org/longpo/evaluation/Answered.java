package org.longpo.evaluation;

import java.util.List;
import org.longpo.text.Reasoning;

/**
 * A question with the model's answer.
 *
 * @param depthPercent the depth that was asked for; 0 where the passage is all there is
 * @param placedPercent the depth of the sentence border that was nearest to it
 * @param promptTokens tokens of the complete prompt
 * @param expected the needle's value, or the answers that count as right
 * @param answer the model's text as it is, without reasoning before it
 * @param correct the value occurs in the answer, or the answer is one of those expected after
 *     SQuAD's normalisation
 * @param tokenF1 SQuAD's token F1 of the answer
 * @param reasoning whether the model reasoned before it; where that came to no answer the text is
 *     empty
 */
public record Answered(
    double depthPercent,
    double placedPercent,
    int promptTokens,
    String question,
    List<String> expected,
    String answer,
    boolean correct,
    double tokenF1,
    Reasoning reasoning) {
  public Answered {
    expected = List.copyOf(expected);
  }
}
