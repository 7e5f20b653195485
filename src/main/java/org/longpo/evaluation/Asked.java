package org.longpo.evaluation;

import java.util.List;
import org.longpo.tree.TokenTree;

/** The model's answers to all prompts of an item, with what they cost. */
record Asked(List<TestedModel.Answer> answers, long modelTokens) {
  static Asked of(TestedModel model, List<int[]> prompts, int maxNewTokens) {
    List<TestedModel.Answer> answers = model.answer(prompts, maxNewTokens);
    long drawn = answers.stream().mapToLong(TestedModel.Answer::tokens).sum();
    return new Asked(answers, TokenTree.of(prompts).rows() + drawn);
  }

  TestedModel.Answer answer(int question) {
    return answers.get(question);
  }

  String text(int question) {
    return answer(question).text();
  }
}
