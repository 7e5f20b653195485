package org.longpo.pairs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.longpo.inference.Written;
import org.longpo.text.Prompt;

/** Adds the reference's log-probabilities to the answers of one piece. */
final class PairScorer {
  private final PairModels models;
  private final boolean referenceLong;

  /**
   * @param referenceLong whether they are also computed given the long input
   */
  PairScorer(PairModels models, boolean referenceLong) {
    this.models = models;
    this.referenceLong = referenceLong;
  }

  /** The pairs with their log-probabilities, all of a piece in one pass for each input. */
  List<Pair> scored(List<AnswerPair> answered) {
    if (answered.isEmpty()) {
      return List.of();
    }
    List<double[]> shortLogProbs = logProbs(answered, Question::shortPrompt);
    Optional<List<double[]>> longLogProbs =
        referenceLong ? Optional.of(logProbs(answered, Question::longPrompt)) : Optional.empty();
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < answered.size(); i++) {
      AnswerPair pair = answered.get(i);
      int chosen = 2 * i;
      int rejected = 2 * i + 1;
      pairs.add(
          new Pair(
              pair.question().chunk(),
              pair.question().instruction(),
              answer(
                  pair.chosen(),
                  shortLogProbs.get(chosen),
                  longLogProbs.map(all -> all.get(chosen))),
              answer(
                  pair.rejected(),
                  shortLogProbs.get(rejected),
                  longLogProbs.map(all -> all.get(rejected)))));
    }
    return pairs;
  }

  /** Of chosen and rejected in turn, given one of the two inputs. */
  private List<double[]> logProbs(List<AnswerPair> answered, Function<Question, Prompt> prompt) {
    List<int[]> inputs = new ArrayList<>();
    List<int[]> answers = new ArrayList<>();
    for (AnswerPair pair : answered) {
      for (Written answer : List.of(pair.chosen(), pair.rejected())) {
        inputs.add(prompt.apply(pair.question()).tokens());
        answers.add(answer.tokens().ids());
      }
    }
    return AnswerLogProbs.read(models.scorer(), inputs, answers);
  }

  private static Answer answer(
      Written written, double[] referenceShort, Optional<double[]> referenceLong) {
    return new Answer(
        written.text(),
        written.tokens().ids(),
        written.tokens().origin(),
        written.ended(),
        referenceShort,
        referenceLong);
  }
}
