package org.longpo.pairs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.longpo.inference.CheckedScorer;
import org.longpo.inference.Scorer;
import org.longpo.text.Prompts;

/** Log-probabilities of existing answers, given their inputs. */
public final class AnswerLogProbs {
  /**
   * A certain token's log-probability is the difference of two equal numbers of the size of a
   * logit, some tens, whose float32 spacing is 4e-6: it may round to a little above 0.
   */
  private static final double ROUNDING = 1e-5;

  private AnswerLogProbs() {}

  /**
   * Computes all answers in one pass in which shared beginnings of inputs are read once: the
   * document, with every answer as a branch.
   *
   * @param inputs token ids before each answer, template included
   * @param answers their token ids
   * @return natural logs, one per token of each answer
   */
  public static List<double[]> read(Scorer scorer, List<int[]> inputs, List<int[]> answers) {
    List<int[]> sequences = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      int[] input = inputs.get(i);
      int[] answer = answers.get(i);
      int[] sequence = Arrays.copyOf(input, input.length + answer.length);
      System.arraycopy(answer, 0, sequence, input.length, answer.length);
      sequences.add(sequence);
    }
    List<double[]> read =
        CheckedScorer.of(scorer)
            .logProbs(sequences, inputs.stream().mapToInt(input -> input.length).toArray());
    return read.stream()
        .map(logProbs -> Arrays.stream(logProbs).map(AnswerLogProbs::withoutRounding).toArray())
        .toList();
  }

  private static double withoutRounding(double logProb) {
    return logProb > 0 && logProb < ROUNDING ? 0 : logProb;
  }

  /**
   * Log-probabilities of a row's answers given the long input [D ; I_k]: of the chosen and the
   * rejected one of every pair in turn.
   *
   * @param context the text of the row's document
   */
  public static List<double[]> readLong(
      Scorer scorer, Prompts prompts, PairRow row, String context) {
    List<int[]> inputs = new ArrayList<>();
    List<int[]> answers = new ArrayList<>();
    for (Pair pair : row.pairs()) {
      int[] input = prompts.of(UserMessage.of(context, pair.instruction())).tokens();
      for (Answer answer : List.of(pair.chosen(), pair.rejected())) {
        inputs.add(input);
        answers.add(answer.tokens());
      }
    }
    return read(scorer, inputs, answers);
  }
}
