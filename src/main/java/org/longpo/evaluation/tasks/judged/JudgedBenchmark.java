package org.longpo.evaluation.tasks.judged;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.longpo.evaluation.BenchmarkData;
import org.longpo.evaluation.TaskInfo;

/**
 * Questions whose answers a judge reads.
 *
 * @param <O> options: those of judging, and the benchmark's own
 */
interface JudgedBenchmark<O extends Record> {
  /** Of the task that rates answers. */
  String id();

  /** Such as "MT-Bench". */
  String name();

  TaskInfo.Context context();

  /** Turns of a question at most. */
  int turns();

  /** Whether inputs may be cut, so that results say how many are. */
  boolean mayTruncate();

  Class<O> options();

  /** How answers are judged. */
  JudgeOptions judging(O options);

  /** Where the questions are, for a list of all tasks. */
  String data();

  /** What is missing, as the end of a sentence; empty if nothing is. */
  Optional<String> missing(BenchmarkData data);

  /**
   * The benchmark's files. Called where nothing is missing.
   *
   * @param most questions that are read
   */
  Files open(BenchmarkData data, int most, O options);

  /**
   * What was found.
   *
   * @param inputs SHA-256 of what is read, by its name in errors
   * @param settings what else decides results
   * @param notes sentences about them
   * @param questions reads the questions, in their order
   */
  record Files(
      Map<String, String> inputs,
      Map<String, Object> settings,
      List<String> notes,
      Supplier<List<JudgedQuestion>> questions) {}
}
