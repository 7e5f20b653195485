package org.longpo.evaluation.longtext;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.longpo.evaluation.BenchmarkData;
import org.longpo.evaluation.EvaluationInputs;
import org.longpo.evaluation.EvaluationSettings;
import org.longpo.evaluation.ItemBatch;
import org.longpo.evaluation.ItemResult;
import org.longpo.evaluation.Sample;
import org.longpo.evaluation.Task;
import org.longpo.evaluation.TaskContext;
import org.longpo.evaluation.TaskItem;
import org.longpo.evaluation.WordModel;

/** Runs a task on the files of a folder with a model of words, and keeps what it was asked. */
public final class LongTextRun {
  private final List<String> asked = new ArrayList<>();
  private final UnaryOperator<String> answer;

  public LongTextRun(UnaryOperator<String> answer) {
    this.answer = answer;
  }

  /** The results of a task on the files of a folder. */
  public <O extends Record> List<ItemResult> run(
      Task<O> task, EvaluationSettings settings, O options, Path data) {
    EvaluationInputs inputs =
        new EvaluationInputs(List.of(), List.of(), Optional.empty())
            .with(new BenchmarkData(Optional.of(data)));
    WordModel words =
        new WordModel(
            prompt -> {
              asked.add(prompt);
              return answer.apply(prompt);
            });
    List<TaskItem> items =
        task.plan(inputs, settings, options).items().apply(new TaskContext(words));
    items.forEach(item -> item.check().run());
    return ItemBatch.run(words.model(), items);
  }

  /** The prompts, their words with a space between them. */
  public List<String> asked() {
    return asked;
  }

  /** A value of all samples. */
  public static List<Double> values(List<ItemResult> results, String name) {
    return results.stream()
        .flatMap(result -> result.samples().stream())
        .map(Sample::values)
        .map(values -> values.getOrDefault(name, Double.NaN))
        .toList();
  }
}
