package org.longpo.evaluation.tasks.choice;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.longpo.error.UserError;
import org.longpo.evaluation.BenchmarkData;

/**
 * The rows of a benchmark: which are asked, and which stand solved before them. Shots are the first
 * rows of their split, the same before all questions of a subset, so that a model reads them once
 * (lm-evaluation-harness: {@code sampler: first_n}). Where they have no split of their own, they
 * are the first rows of the questions, and are not asked.
 *
 * @param sha256 of the files, by what they are
 * @param shotsFrom where the shots come from, relative to the folder of all benchmarks
 */
record ChoiceData(Map<String, String> sha256, String shotsFrom, List<Subset> subsets) {
  /**
   * Questions with the same shots.
   *
   * @param subject empty where the benchmark has no subjects
   * @param shots in the order in which they stand before a question
   */
  record Subset(String subject, List<ChoiceRow> shots, List<ChoiceRow> questions) {}

  /**
   * Reads the files that are there.
   *
   * @param shots solved questions before each
   * @param shotsOption the name of the option that a user sets them with
   * @throws UserError that names file and line of what is wrong, or if there are too few rows
   */
  static ChoiceData read(ChoiceLayout layout, BenchmarkData data, int shots, String shotsOption) {
    Path asked = layout.questions(data).orElseThrow();
    ChoiceSplit questions = ChoiceSplit.read(layout, asked);
    Map<String, String> sha256 = new LinkedHashMap<>(Map.of("questions", questions.sha256()));
    Optional<Path> own = shots == 0 ? Optional.empty() : layout.shots(data);
    if (own.isEmpty()) {
      return new ChoiceData(
          sha256,
          shots == 0 ? "none" : "the first rows of %s, not asked".formatted(name(data, asked)),
          fromQuestions(questions, shots, shotsOption));
    }
    ChoiceSplit solved = ChoiceSplit.read(layout, own.get());
    sha256.put("shots", solved.sha256());
    return new ChoiceData(
        sha256,
        "the first rows of " + name(data, own.get()),
        fromSplit(questions, solved, shots, shotsOption));
  }

  private static List<Subset> fromQuestions(ChoiceSplit questions, int shots, String option) {
    List<Subset> subsets = new ArrayList<>();
    questions
        .bySubject()
        .forEach(
            (subject, rows) -> {
              if (rows.size() <= shots) {
                throw new UserError(
                    "%s has %d rows%s and %s is %d, which leaves no question: lower it, or give the shots a file of their own."
                        .formatted(questions.path(), rows.size(), about(subject), option, shots));
              }
              subsets.add(
                  new Subset(subject, rows.subList(0, shots), rows.subList(shots, rows.size())));
            });
    return subsets;
  }

  private static List<Subset> fromSplit(
      ChoiceSplit questions, ChoiceSplit solved, int shots, String option) {
    List<Subset> subsets = new ArrayList<>();
    questions
        .bySubject()
        .forEach(
            (subject, rows) -> {
              List<ChoiceRow> first = solved.bySubject().getOrDefault(subject, List.of());
              if (first.size() < shots) {
                throw new UserError(
                    "%s has %d rows%s and %s is %d: lower it, or give more rows."
                        .formatted(solved.path(), first.size(), about(subject), option, shots));
              }
              subsets.add(new Subset(subject, first.subList(0, shots), rows));
            });
    return subsets;
  }

  private static String about(String subject) {
    return subject.isEmpty() ? "" : " about " + subject;
  }

  /** Without what differs from one machine to another. */
  private static String name(BenchmarkData data, Path path) {
    return data.folder().orElseThrow().relativize(path).toString().replace('\\', '/');
  }
}
