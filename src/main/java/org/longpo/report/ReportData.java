package org.longpo.report;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.longpo.evaluation.Evaluation;
import org.longpo.evaluation.ResultRow;
import org.longpo.evaluation.TaskInfo;
import org.longpo.evaluation.TaskResult;

/**
 * All that a report shows. Every list may be empty: its section then says in a sentence that there
 * is nothing yet.
 *
 * @param title the page's heading
 * @param summary one paragraph of plain words on what was done and what the result was; may be
 *     empty
 * @param facts what the run was made of, shown as a table: model, documents, seed, versions
 * @param training one entry per line of the training's log, over all rounds
 * @param rounds the rounds that were run
 */
public record ReportData(
    String title,
    String summary,
    List<Fact> facts,
    Evaluations evaluations,
    List<TrainingStep> training,
    Pairs pairs,
    List<Round> rounds) {

  /** The name under which a run folder holds its data. */
  public static final String FILE = "report.json";

  public ReportData {
    facts = List.copyOf(facts);
    training = List.copyOf(training);
    rounds = List.copyOf(rounds);
  }

  /** A name and a value, both as they are to be read. */
  public record Fact(String name, String value) {}

  /**
   * The figures of all models.
   *
   * @param contextTokens the context that the first model's config.json names, marked in charts
   * @param tasks what the models were evaluated on
   * @param models from the one before training to the one after the last round
   */
  public record Evaluations(
      OptionalInt contextTokens, List<TaskInfo> tasks, List<ModelRows> models) {
    public Evaluations {
      tasks = List.copyOf(tasks);
      models = List.copyOf(models);
    }

    /**
     * All rows of evaluations.
     *
     * @param evaluations by the models' names in charts; all of the same tasks
     */
    public static Evaluations of(
        OptionalInt contextTokens, SequencedMap<String, Evaluation> evaluations) {
      return new Evaluations(
          contextTokens,
          evaluations.lastEntry().getValue().tasks().stream().map(TaskResult::task).toList(),
          evaluations.entrySet().stream()
              .map(
                  entry ->
                      new ModelRows(
                          entry.getKey(),
                          entry.getValue().tasks().stream()
                              .flatMap(result -> result.rows().stream())
                              .toList()))
              .toList());
    }
  }

  /** One model's figures; {@code model} is its name in charts: "before", "after round 1". */
  public record ModelRows(String model, List<ResultRow> rows) {
    public ModelRows {
      rows = List.copyOf(rows);
    }
  }

  /**
   * One line of the training's log: the means over the documents of its steps.
   *
   * @param round from 1
   * @param firstStep the first of the steps that the line is about; from 1, counted on over the
   *     rounds
   * @param step the last of them
   * @param metrics by their names in the log; without those that the objective does not have or
   *     that were not finite
   */
  public record TrainingStep(int round, int firstStep, int step, Map<String, Double> metrics) {
    public TrainingStep {
      metrics = Collections.unmodifiableMap(new TreeMap<>(metrics));
    }
  }

  /**
   * The pairs that the model made.
   *
   * @param generation how many candidates were kept and dropped, per round
   * @param examples of chosen and rejected answers
   */
  public record Pairs(List<Generation> generation, List<PairExample> examples) {
    public Pairs {
      generation = List.copyOf(generation);
      examples = List.copyOf(examples);
    }
  }

  /** How many of one round's candidate pairs were kept, and why the others were not. */
  public record Generation(int round, long kept, List<DropCount> dropped) {}

  /**
   * How many candidates one reason took.
   *
   * @param example the first of them; empty if none was kept
   */
  public record DropCount(String reason, long count, Optional<DroppedPair> example) {}

  /**
   * A candidate that was dropped, as far as it was made.
   *
   * @param document its document's file name
   * @param instruction the question, or what the model wrote where no instruction could be read
   * @param chosen empty if there was no answer yet
   * @param rejected the same
   */
  public record DroppedPair(
      String document, String instruction, Optional<String> chosen, Optional<String> rejected) {}

  /**
   * One pair of answers to the same instruction.
   *
   * @param chosen the answer given the chunk alone
   * @param rejected the answer given the whole document
   * @param evidence strings to mark wherever they occur, such as the answer that was looked for
   */
  public record PairExample(
      int round,
      Source source,
      String instruction,
      String chosen,
      String rejected,
      List<String> evidence) {}

  /**
   * What a pair is about.
   *
   * @param document which document, as its file name
   * @param documentTokens length of the document that the rejected answer was given
   * @param chunkExcerpt what the chosen answer was given, or the part of it that matters
   */
  public record Source(String document, long documentTokens, String chunkExcerpt) {}

  /**
   * @param round from 1
   * @param targetTokens the length that the round extends to
   * @param checkpoint where the round's model lies, relative to the run folder
   */
  public record Round(int round, int targetTokens, TrainingSize training, String checkpoint) {}

  /**
   * How much a round trained on.
   *
   * @param documents documents trained on
   * @param pairs pairs of answers trained on
   * @param documentsHeldOut documents that were kept for evaluation during training
   * @param documentsTooLong documents that {@code max_length} left out
   * @param steps optimizer steps
   */
  public record TrainingSize(
      int documents, int pairs, int documentsHeldOut, int documentsTooLong, int steps) {}
}
