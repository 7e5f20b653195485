package org.longpo.evaluation;

import java.util.ArrayList;
import java.util.List;

/** Questions about a passage that is all the model reads; those of one passage in one pass. */
final class QaShortTask {
  private final TestedModel model;
  private final EvaluationSettings settings;
  private final QuestionFile file;

  QaShortTask(TestedModel model, EvaluationSettings settings, QuestionFile file) {
    this.model = model;
    this.settings = settings;
    this.file = file;
  }

  List<EvaluationItem> items() {
    List<PassageQuestions.PassageQuestion> all = PassageQuestions.shuffled(file, settings.seed());
    List<EvaluationItem> items = new ArrayList<>();
    PassageQuestions.byPassage(all.subList(0, Math.min(all.size(), settings.shortQuestions())))
        .forEach(
            (passage, questions) -> {
              int index = items.size();
              items.add(
                  new EvaluationItem(
                      TaskKind.QA_SHORT,
                      0,
                      index,
                      () -> {},
                      () -> ask(passage.text(), questions, index)));
            });
    return items;
  }

  private ItemResult ask(String passage, List<QuestionFile.Question> questions, int index) {
    List<int[]> prompts =
        new Questions(
                model,
                settings.qaPrompt(),
                questions.stream().map(QuestionFile.Question::text).toList())
            .prompts(passage);
    Asked answers = Asked.of(model, prompts, settings.maxNewTokens());
    List<Answered> answered = new ArrayList<>();
    for (int i = 0; i < questions.size(); i++) {
      answered.add(
          PassageQuestions.answered(
              questions.get(i), 0, 0, prompts.get(i).length, answers.answer(i)));
    }
    return new ItemResult(
        TaskKind.QA_SHORT, 0, index, index, answers.modelTokens(), answered, List.of());
  }
}
