package org.longpo.evaluation;

import java.util.List;

/** Small evaluations. */
final class TestSettings {
  private TestSettings() {}

  static EvaluationSettings of(List<Integer> lengths, int windowTokens, int maxWindows) {
    return of(lengths, /* haystacksPerLength= */ 3, windowTokens, maxWindows);
  }

  static EvaluationSettings ofHaystacks(List<Integer> lengths, int haystacksPerLength) {
    return of(lengths, haystacksPerLength, /* windowTokens= */ 50, /* maxWindows= */ 3);
  }

  private static EvaluationSettings of(
      List<Integer> lengths, int haystacksPerLength, int windowTokens, int maxWindows) {
    return new EvaluationSettings(
        lengths,
        List.of(0.0, 50.0, 100.0),
        /* questionsPerHaystack= */ 4,
        haystacksPerLength,
        /* shortQuestions= */ 5,
        windowTokens,
        maxWindows,
        /* maxNewTokens= */ 6,
        /* seed= */ 7,
        NeedleWording.defaults(),
        QuestionPrompt.aboutPassage());
  }
}
