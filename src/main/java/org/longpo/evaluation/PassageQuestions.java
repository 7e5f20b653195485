package org.longpo.evaluation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Questions of a file in a random order that keeps those about one passage together. */
final class PassageQuestions {
  /** A question and the passage that answers it. */
  record PassageQuestion(QuestionFile.Passage passage, QuestionFile.Question question) {}

  private PassageQuestions() {}

  static List<PassageQuestion> shuffled(QuestionFile file, long seed) {
    List<QuestionFile.Passage> passages = new ArrayList<>(file.passages());
    Collections.shuffle(passages, Seeds.random(seed, "qa"));
    return passages.stream()
        .flatMap(
            passage ->
                passage.questions().stream().map(asked -> new PassageQuestion(passage, asked)))
        .toList();
  }

  /** By passage, in the order of the list. */
  static SequencedMap<QuestionFile.Passage, List<QuestionFile.Question>> byPassage(
      List<PassageQuestion> questions) {
    SequencedMap<QuestionFile.Passage, List<QuestionFile.Question>> byPassage =
        new LinkedHashMap<>();
    for (PassageQuestion question : questions) {
      byPassage
          .computeIfAbsent(question.passage(), passage -> new ArrayList<>())
          .add(question.question());
    }
    return byPassage;
  }

  static Answered answered(
      QuestionFile.Question question,
      double depthPercent,
      double placedPercent,
      int promptTokens,
      TestedModel.Answer answer) {
    return new Answered(
        depthPercent,
        placedPercent,
        promptTokens,
        question.text(),
        question.answers(),
        answer.text(),
        SquadScore.exactMatch(answer.text(), question.answers()),
        SquadScore.tokenF1(answer.text(), question.answers()),
        answer.reasoning());
  }
}
