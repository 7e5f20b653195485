package org.longpo.evaluation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.longpo.evaluation.tasks.BitsPerByteTask;
import org.longpo.evaluation.tasks.PassageQaTask;
import org.longpo.settings.OptionRecords;

/** Small evaluations. */
public final class TestSettings {
  private TestSettings() {}

  public static EvaluationSettings of(List<Integer> lengths, int windowTokens, int maxWindows) {
    return of(lengths, /* haystacksPerLength= */ 3, windowTokens, maxWindows);
  }

  public static EvaluationSettings ofHaystacks(List<Integer> lengths, int haystacksPerLength) {
    return of(lengths, haystacksPerLength, /* windowTokens= */ 50, /* maxWindows= */ 3);
  }

  private static EvaluationSettings of(
      List<Integer> lengths, int haystacksPerLength, int windowTokens, int maxWindows) {
    return new EvaluationSettings(
        /* tasks= */ List.of(),
        new HaystackSettings(
            lengths, List.of(0.0, 50.0, 100.0), /* questionsPerHaystack= */ 4, haystacksPerLength),
        /* answerTokens= */ 6,
        /* limit= */ Optional.empty(),
        /* seed= */ 7,
        TaskOptions.DEFAULTS
            .with(new BitsPerByteTask(), new BitsPerByteTask.Options(windowTokens, maxWindows))
            .with(
                new PassageQaTask(),
                OptionRecords.of(PassageQaTask.Options.class, Map.of("qa_questions", 5))));
  }
}
