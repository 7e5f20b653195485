package org.longpo.evaluation.tasks.choice;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.longpo.evaluation.BenchmarkData;

/**
 * Where the files of a benchmark are in the folder of all benchmarks: {@code NAME/SPLIT.jsonl} or
 * {@code .csv}, a folder {@code NAME/SPLIT} of such files, or everything in {@code NAME.jsonl} or
 * {@code .csv}.
 *
 * @param name such as "arc_challenge"
 * @param asked the splits whose questions are asked; the first one that is there
 * @param solved the split that shots are taken from
 * @param hasSubjects whether every subject has shots of its own
 * @param columns names of a CSV file's columns where it may come without a header
 */
record ChoiceLayout(
    String name, List<String> asked, String solved, boolean hasSubjects, List<String> columns) {
  ChoiceLayout {
    asked = List.copyOf(asked);
    columns = List.copyOf(columns);
  }

  /** The file or folder of the questions. */
  Optional<Path> questions(BenchmarkData data) {
    List<String> names = new ArrayList<>();
    asked.forEach(split -> names.addAll(names(name + "/" + split)));
    names.addAll(files(name));
    return data.find(names.toArray(String[]::new));
  }

  /** The file or folder of the shots, where they have one. */
  Optional<Path> shots(BenchmarkData data) {
    return data.find(names(name + "/" + solved).toArray(String[]::new));
  }

  /** The files' names, for people: "piqa.jsonl, or piqa/{validation, train}.jsonl; or .csv". */
  String described() {
    return "%s.jsonl, or %s/{%s, %s}.jsonl%s; or .csv"
        .formatted(
            name, name, asked.getFirst(), solved, hasSubjects ? ", or folders of such files" : "");
  }

  private static List<String> names(String split) {
    List<String> names = new ArrayList<>(files(split));
    names.add(split);
    return names;
  }

  private static List<String> files(String stem) {
    return List.of(stem + ChoiceFile.JSON_LINES, stem + ChoiceFile.CSV);
  }
}
