package org.longpo.pipeline;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.longpo.error.UserError;
import org.longpo.evaluation.Estimate;
import org.longpo.evaluation.Evaluation;
import org.longpo.evaluation.ItemResult;
import org.longpo.evaluation.ResultRow;
import org.longpo.evaluation.Sample;
import org.longpo.evaluation.TaskResult;
import org.longpo.evaluation.comparison.ModelResults;
import org.longpo.files.Json;
import org.longpo.files.ResumableLog;

/**
 * The folder of an evaluation that has figures.
 *
 * @param model which of its run's models was evaluated: "base", "round-1-4096"; empty where the run
 *     is the evaluation itself
 */
public record FinishedEvaluation(Optional<String> model, Path folder) {
  private static final String MAKE_AGAIN =
      "remove it and give the command that made the run again, or leave the run out";

  /**
   * The evaluations of a run of {@code evaluate}, or those of all models of a run of {@code evolve}
   * or {@code demo}, in the order in which they were made.
   *
   * @throws UserError if there is none
   */
  public static List<FinishedEvaluation> of(Path run) {
    List<FinishedEvaluation> found = new ArrayList<>();
    add(found, Optional.empty(), run);
    if (Files.isDirectory(run)) {
      RunLayout.Evolve evolve = new RunLayout.Evolve(run);
      add(found, Optional.of("base"), evolve.baseEvaluation());
      add(found, Optional.of("base with the last RoPE"), evolve.ropeEvaluation());
      evolve
          .begunRounds()
          .forEach(
              round ->
                  add(
                      found,
                      Optional.of(round.path().getFileName().toString()),
                      round.evaluation()));
    }
    if (found.isEmpty()) {
      throw new UserError(
          "%s holds no %s: give the folder of a run of evaluate, evolve or demo that has finished a task."
              .formatted(run, EvaluateStage.RESULT_FILE));
    }
    return found;
  }

  private static void add(List<FinishedEvaluation> found, Optional<String> model, Path folder) {
    if (Files.exists(folder.resolve(EvaluateStage.RESULT_FILE))) {
      found.add(new FinishedEvaluation(model, folder));
    }
  }

  private EvaluationFolder layout() {
    return new EvaluationFolder(folder, List.of());
  }

  private Path figures() {
    return folder.resolve(EvaluateStage.RESULT_FILE);
  }

  /** The files that {@link #read} reads. */
  public List<Path> files() {
    List<Path> files = new ArrayList<>(List.of(figures()));
    Evaluation.read(figures())
        .tasks()
        .forEach(result -> files.add(layout().log(result.task().id())));
    return List.copyOf(files);
  }

  /**
   * Reads figures and logs, without the texts of answers.
   *
   * @param name of the model's column
   * @throws UserError if a file is missing, damaged or of another version, or a log does not have
   *     the results that the figures were computed from
   */
  public ModelResults read(String name) {
    Evaluation evaluation = Evaluation.read(figures());
    Map<String, List<ItemResult>> items = new LinkedHashMap<>();
    for (TaskResult result : evaluation.tasks()) {
      Path log = layout().log(result.task().id());
      List<ItemResult> read = read(log, result);
      requireFigures(log, result, read);
      items.put(result.task().id(), read);
    }
    return new ModelResults(name, evaluation, items);
  }

  private List<ItemResult> read(Path log, TaskResult result) {
    if (!Files.exists(log)) {
      throw new UserError(
          "%s is missing, which has the results behind the figures of %s in %s; give the command that made the run again, or leave the run out."
              .formatted(log, result.task().id(), figures()));
    }
    List<ItemResult> items = new ArrayList<>();
    ResumableLog.readEntries(
        log, (line, where) -> items.add(numbers(Json.parse(line, ItemResult.class, where))));
    return items;
  }

  /** Without what is not compared, which is most of it. */
  private static ItemResult numbers(ItemResult item) {
    return new ItemResult(
        item.length(),
        item.index(),
        item.cluster(),
        item.samples().stream()
            .map(
                sample ->
                    new Sample(
                        sample.slice(), sample.promptSha256(), sample.values(), Optional.empty()))
            .toList());
  }

  private void requireFigures(Path log, TaskResult result, List<ItemResult> items) {
    List<ResultRow> computed =
        TaskResult.of(result.task(), result.conditions(), result.measured(), items).headlines();
    int samples = computed.stream().mapToInt(row -> row.estimate().n()).sum();
    int expected = result.headlines().stream().mapToInt(row -> row.estimate().n()).sum();
    if (samples != expected) {
      throw new UserError(
          String.format(
              Locale.ROOT,
              "%s has %,d results, but the figures of %s in %s are of %,d; %s.",
              log,
              samples,
              result.task().id(),
              figures(),
              expected,
              MAKE_AGAIN));
    }
    if (!estimates(computed).equals(estimates(result.headlines()))) {
      throw new UserError(
          "%s has other results than those that the figures of %s in %s were computed from; %s."
              .formatted(log, result.task().id(), figures(), MAKE_AGAIN));
    }
  }

  private static List<Double> estimates(List<ResultRow> rows) {
    return rows.stream().map(ResultRow::estimate).map(Estimate::value).toList();
  }
}
