package org.longpo.report;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * All that a report shows. Every list may be empty: its section then says in a sentence that there
 * is nothing yet.
 *
 * @param title the page's heading
 * @param summary one paragraph of plain words on what was done and what came of it; may be empty
 * @param facts what the run was made of, shown as a table: model, documents, seed, versions
 * @param contextTokens the context that the first model's config.json names, marked in charts
 * @param accuracyByLength long-context accuracy, a series per model
 * @param heatMaps accuracy by length and depth, a map per model
 * @param shortScores short-context scores, which must not suffer
 * @param training one row per line of the training's log, over all rounds
 * @param generation what became of the candidate pairs, per round
 * @param rounds the rounds that were run
 * @param pairs examples of chosen and rejected answers
 */
public record ReportData(
    String title,
    String summary,
    List<Fact> facts,
    OptionalInt contextTokens,
    List<AccuracySeries> accuracyByLength,
    List<HeatMap> heatMaps,
    List<ShortScore> shortScores,
    List<TrainingStep> training,
    List<Generation> generation,
    List<Round> rounds,
    List<PairExample> pairs) {

  /** The name under which a run folder holds its data. */
  public static final String FILE = "report.json";

  /** A name and a value, both as they are to be read. */
  public record Fact(String name, String value) {}

  /** One model's accuracy: "base", "base, RoPE theta x 10", "after LongPO". */
  public record AccuracySeries(String model, List<AccuracyPoint> points) {}

  /**
   * @param contextTokens length of the whole input
   * @param accuracy share of right answers, 0 to 1
   * @param standardError of the accuracy, 0 to 1; empty where it is not known
   * @param questions how many were asked
   */
  public record AccuracyPoint(
      int contextTokens, double accuracy, OptionalDouble standardError, int questions) {}

  /** One model's accuracy by where in the context the answer stands. */
  public record HeatMap(String model, List<HeatMapCell> cells) {}

  /**
   * @param contextTokens length of the whole input
   * @param depth where the answer stands, 0 the beginning of the context and 1 its end
   * @param accuracy share of right answers, 0 to 1
   * @param questions how many were asked
   */
  public record HeatMapCell(int contextTokens, double depth, double accuracy, int questions) {}

  /**
   * @param metric the metric with its unit: "bits per byte", "accuracy"
   * @param higherIsBetter which way the metric points
   * @param model as in the accuracy series
   * @param standardError of the value; empty where it is not known
   */
  public record ShortScore(
      String metric,
      boolean higherIsBetter,
      String model,
      double value,
      OptionalDouble standardError) {}

  /**
   * One line of the training's log: the means over the documents of its steps. What the objective
   * does not have, or what was not finite, is empty.
   *
   * @param round from 1
   * @param firstStep the first of the steps that the line is about; from 1, counted on over the
   *     rounds
   * @param step the last of them
   * @param loss all terms with their weights
   * @param nll nats per predicted token
   * @param rewardsChosen what the objective rewards the chosen answer with, nats
   * @param rewardsRejected the same of the rejected answer
   * @param rewardsMargins chosen minus rejected
   * @param klShortToLong estimate of KL[short-context reference || long-context policy], nats per
   *     token
   * @param learningRate of the last step
   */
  public record TrainingStep(
      int round,
      int firstStep,
      int step,
      OptionalDouble loss,
      OptionalDouble nll,
      OptionalDouble rewardsChosen,
      OptionalDouble rewardsRejected,
      OptionalDouble rewardsMargins,
      OptionalDouble klShortToLong,
      OptionalDouble learningRate) {}

  /** What became of one round's candidate pairs. */
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
   * @param instruction what was asked, or what the model wrote where no instruction could be read
   * @param chosen empty if the answer was not given any more
   * @param rejected the same
   */
  public record DroppedPair(
      String document, String instruction, Optional<String> chosen, Optional<String> rejected) {}

  /**
   * @param round from 1
   * @param targetTokens the length that the round extends to
   * @param documents documents trained on
   * @param pairs pairs of answers trained on
   * @param documentsHeldOut documents that were kept for evaluation during training
   * @param documentsTooLong documents that {@code max_length} left out
   * @param steps optimizer steps
   * @param checkpoint where the round's model lies, relative to the run folder
   */
  public record Round(
      int round,
      int targetTokens,
      int documents,
      int pairs,
      int documentsHeldOut,
      int documentsTooLong,
      int steps,
      String checkpoint) {}

  /**
   * One pair of answers to the same instruction.
   *
   * @param document which document, as its file name
   * @param longInputTokens length of the input that the rejected answer was given to
   * @param chunkExcerpt what the chosen answer saw, or the part of it that matters
   * @param chosen the answer given the chunk alone
   * @param rejected the answer given the whole document
   * @param evidence strings to mark wherever they occur, such as the answer that was looked for
   */
  public record PairExample(
      int round,
      String document,
      long longInputTokens,
      String instruction,
      String chunkExcerpt,
      String chosen,
      String rejected,
      List<String> evidence) {}
}
