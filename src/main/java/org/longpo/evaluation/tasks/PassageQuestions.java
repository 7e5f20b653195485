package org.longpo.evaluation.tasks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.longpo.evaluation.EvaluationInputs;
import org.longpo.evaluation.Metric;
import org.longpo.evaluation.QuestionFile;
import org.longpo.evaluation.Seeds;
import org.longpo.evaluation.scoring.SquadScore;

/** Questions of a file in a random order that keeps those about one passage together. */
final class PassageQuestions {
  /** The file's name in identities and errors. */
  static final String FILE = "questions";

  static final List<Metric> METRICS =
      List.of(Metric.share("exact_match", "exact match"), Metric.share("token_f1", "token F1"));

  /** A question and the passage that answers it. */
  record PassageQuestion(QuestionFile.Passage passage, QuestionFile.Question question) {}

  private PassageQuestions() {}

  /** As {@link org.longpo.evaluation.Task#missing}. */
  static Optional<String> missing(EvaluationInputs inputs) {
    return inputs.questions().isEmpty()
        ? Optional.of("a file of questions (--qa)")
        : Optional.empty();
  }

  static List<PassageQuestion> shuffled(QuestionFile file, long seed) {
    List<QuestionFile.Passage> passages = new ArrayList<>(file.passages());
    Collections.shuffle(passages, Seeds.random(seed, "qa"));
    return passages.stream()
        .flatMap(
            passage ->
                passage.questions().stream()
                    .map(question -> new PassageQuestion(passage, question)))
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

  /** An answer's values of {@link #METRICS}. */
  static Map<String, Double> scores(String answer, QuestionFile.Question question) {
    return Map.of(
        "exact_match",
        SquadScore.exactMatch(answer, question.answers()) ? 1.0 : 0.0,
        "token_f1",
        SquadScore.tokenF1(answer, question.answers()));
  }
}
