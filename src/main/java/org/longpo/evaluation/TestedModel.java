package org.longpo.evaluation;

import java.util.List;
import org.longpo.text.Reasoning;

/** What tasks ask of a model. */
public interface TestedModel {
  /**
   * An answer.
   *
   * @param text decoded, special tokens and reasoning left out
   * @param tokens how many were drawn, the end token and those of reasoning included
   * @param reasoning whether the model reasoned before it
   */
  record Answer(String text, int tokens, Reasoning reasoning) {}

  /**
   * The most likely answer (greedy) to every prompt; what the prompts share is read once.
   *
   * @param maxNewTokens of the answer alone, where the model has a limit of its own for reasoning
   */
  List<Answer> answer(List<int[]> prompts, int maxNewTokens);

  /**
   * Natural log-probabilities of the tokens [starts[i], end) of every sequence; what the sequences
   * share, such as the question before the options of a multiple choice, is read once.
   *
   * @param starts at least 1: nothing predicts the first token
   */
  List<double[]> logProbs(List<int[]> sequences, int[] starts);
}
