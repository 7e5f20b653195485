package org.longpo.evaluation.tasks.judged;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.longpo.evaluation.EvaluationInputs;
import org.longpo.evaluation.EvaluationSettings;
import org.longpo.evaluation.Task;
import org.longpo.evaluation.TaskPlan;

/**
 * A task whose answers a judge reads.
 *
 * @param <O> the benchmark's options
 */
abstract sealed class JudgedTask<O extends Record> implements Task<O>
    permits GradingTask, ComparisonTask {
  final JudgedBenchmark<O> benchmark;

  JudgedTask(JudgedBenchmark<O> benchmark) {
    this.benchmark = benchmark;
  }

  /** What the judge is asked. */
  record Judging(Map<String, String> inputs, JudgedItems.Scoring scoring) {}

  /**
   * How the questions' answers are judged.
   *
   * @throws org.longpo.error.UserError if what is needed for it is not there
   */
  abstract Judging judging(Supplier<List<JudgedQuestion>> questions, O options);

  @Override
  public final Class<O> options() {
    return benchmark.options();
  }

  @Override
  public final String data() {
    return benchmark.data();
  }

  @Override
  public final boolean onlyWhenNamed() {
    return true;
  }

  @Override
  public Optional<String> missing(EvaluationInputs inputs, EvaluationSettings settings) {
    return benchmark.missing(inputs.data());
  }

  @Override
  public final TaskPlan plan(EvaluationInputs inputs, EvaluationSettings settings, O options) {
    JudgedBenchmark.Files files =
        benchmark.open(inputs.data(), settings.limited(Integer.MAX_VALUE), options);
    Judging judging = judging(files.questions(), options);
    Map<String, String> read = new TreeMap<>(files.inputs());
    read.putAll(judging.inputs());
    Map<String, Object> decisive = new TreeMap<>(settings.limitValue());
    decisive.putAll(JudgedItems.SETTINGS);
    decisive.putAll(files.settings());
    return new TaskPlan(
        read,
        decisive,
        context ->
            JudgedItems.of(
                    context, benchmark.judging(options), judging.scoring(), benchmark.mayTruncate())
                .of(files.questions().get()),
        /* isJudged= */ true,
        files.notes());
  }
}
