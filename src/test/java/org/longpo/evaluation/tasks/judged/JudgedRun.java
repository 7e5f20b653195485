package org.longpo.evaluation.tasks.judged;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.longpo.evaluation.BenchmarkData;
import org.longpo.evaluation.Estimate;
import org.longpo.evaluation.EvaluationInputs;
import org.longpo.evaluation.EvaluationSettings;
import org.longpo.evaluation.ItemBatch;
import org.longpo.evaluation.ItemResult;
import org.longpo.evaluation.ResultRow;
import org.longpo.evaluation.ResultRows;
import org.longpo.evaluation.Task;
import org.longpo.evaluation.TaskContext;
import org.longpo.evaluation.TaskItem;
import org.longpo.evaluation.TaskPlan;
import org.longpo.evaluation.WordModel;
import org.longpo.inference.Model;
import org.longpo.settings.OptionRecords;
import org.longpo.text.Prompts;

/** Runs judged tasks on the files of a folder, and keeps what model and judge were asked. */
final class JudgedRun {
  final List<String> asked = new ArrayList<>();
  final List<String> judged = new ArrayList<>();
  private final WordModel model;
  private final WordModel judge;
  private Optional<Prompts> judgePrompts = Optional.empty();

  JudgedRun(UnaryOperator<String> answer, UnaryOperator<String> judgment) {
    model = recorded(answer, asked);
    judge = recorded(judgment, judged);
  }

  private static WordModel recorded(UnaryOperator<String> text, List<String> prompts) {
    return new WordModel(
        prompt -> {
          prompts.add(prompt);
          return text.apply(prompt);
        });
  }

  WordModel judge() {
    return judge;
  }

  /** With other prompts for the judge than its own. */
  JudgedRun judgedWith(Prompts prompts) {
    judgePrompts = Optional.of(prompts);
    return this;
  }

  static EvaluationSettings settings(int limit) {
    return OptionRecords.with(EvaluationSettings.defaults(List.of()), "limit", Optional.of(limit));
  }

  static EvaluationInputs inputs(Path data) {
    return new EvaluationInputs(List.of(), List.of(), Optional.empty())
        .with(new BenchmarkData(Optional.of(data)));
  }

  static JudgeOptions options(Optional<Path> against) {
    return new JudgeOptions(/* answerTokens= */ 20, /* judgeTokens= */ 30, against);
  }

  static <O extends Record> TaskPlan plan(Task<O> task, O options, Path data) {
    return task.plan(inputs(data), settings(100), options);
  }

  <O extends Record> List<ItemResult> run(Task<O> task, O options, Path data) {
    List<TaskItem> items =
        plan(task, options, data).items().apply(new TaskContext(model, judgePrompts.orElse(judge)));
    items.forEach(item -> item.check().run());
    return ItemBatch.run(new Model(model, model, judge), items);
  }

  /** A metric over all samples; empty if it has no row. */
  static Optional<Estimate> figure(Task<?> task, List<ItemResult> results, String metric) {
    return ResultRows.of(task.info(), results).stream()
        .filter(row -> row.coversAllSamples() && row.metric().equals(metric))
        .map(ResultRow::estimate)
        .findFirst();
  }

  /** Values of metrics over all samples, by their ids. */
  static Map<String, Double> figures(Task<?> task, List<ItemResult> results) {
    return ResultRows.of(task.info(), results).stream()
        .filter(ResultRow::coversAllSamples)
        .collect(Collectors.toMap(ResultRow::metric, row -> row.estimate().value()));
  }
}
